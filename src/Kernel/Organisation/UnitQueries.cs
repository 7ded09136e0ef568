namespace Plenum.Kernel.Organisation;

/// <summary>Subtrees as ranges of the index over paths, which both databases compare byte by byte.</summary>
public static class UnitQueries
{
    extension(IQueryable<OrgUnit> units)
    {
        /// <summary>Units below a path, in the order of their paths when sorted by it.</summary>
        /// <param name="path">Path of a unit; empty for the root.</param>
        public IQueryable<OrgUnit> Below(string path, bool includingItself)
        {
            if (path.Length == 0)
            {
                return includingItself ? units : units.Where(u => u.ParentId != null);
            }

            var (from, until) = (path + "/", path + "0"); // "0" is the character after "/": everything between begins with "path/".
            return includingItself
                ? units.Where(u => u.Path == path || (u.Path.CompareTo(from) >= 0 && u.Path.CompareTo(until) < 0))
                : units.Where(u => u.Path.CompareTo(from) >= 0 && u.Path.CompareTo(until) < 0);
        }
    }
}
