using System.CommandLine;

namespace Plenum.Kernel.Cli;

public static class CommandTree
{
    extension(Command parent)
    {
        /// <summary>The sub-command of this name, made where it is missing: several modules may add to "import".</summary>
        public Command Group(string name, string description)
        {
            if (parent.Subcommands.FirstOrDefault(c => c.Name == name) is { } known)
            {
                return known;
            }

            var added = new Command(name, description);
            parent.Subcommands.Add(added);
            return added;
        }
    }
}
