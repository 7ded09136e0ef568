using Plenum.Kernel.Cli;

namespace Plenum.Kernel.Organisation.Import;

/// <summary>A line of an import of units.</summary>
/// <param name="ParentKey">Null: directly below the place of the import.</param>
internal sealed record UnitRow(string Key, string? ParentKey, OrgUnitKind Kind, string Name)
{
    private const int MaxKeyLength = 80;

    private static readonly Dictionary<string, OrgUnitKind> GermanLevels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Bund"] = OrgUnitKind.Federation,
        ["Land"] = OrgUnitKind.State,
        ["Regierungsbezirk"] = OrgUnitKind.Region,
        ["Bezirk"] = OrgUnitKind.Region,
        ["Kreis"] = OrgUnitKind.District,
        ["Gemeinde"] = OrgUnitKind.LocalBranch,
    };

    public static string KeyOf(CsvRecord record) => record["key", "ags"].ToLowerInvariant();

    public static string ParentKeyOf(CsvRecord record) => record["parent_key", "parent_ags", "parent"].ToLowerInvariant();

    /// <exception cref="RuleException">A field is missing or unknown.</exception>
    public static UnitRow Read(CsvRecord record)
    {
        var (key, parent, level, name) = (KeyOf(record), ParentKeyOf(record), record["kind", "level"], record["name"]);
        if (key.Length is 0 or > MaxKeyLength || key == parent)
        {
            throw new RuleException("units.import.no-key", MaxKeyLength);
        }

        if (name.Length is 0 or > OrgUnit.MaxNameLength)
        {
            throw new RuleException("units.name-length", OrgUnit.MaxNameLength);
        }

        var isKnown = GermanLevels.TryGetValue(level, out var kind) || (Enum.TryParse(level, ignoreCase: true, out kind) && Enum.IsDefined(kind) && !char.IsAsciiDigit(level[0]));
        return isKnown ? new(key, parent.Length == 0 ? null : parent, kind, name) : throw new RuleException("units.import.no-kind", level);
    }

    /// <summary>Addresses to try, the plain one first; with its key it is its own.</summary>
    public IEnumerable<Slug> Slugs()
    {
        var plain = Slug.From(Name);
        yield return plain;
        var ending = "-" + Slug.From(Key).Value;
        yield return Slug.From(plain.Value[..Math.Min(plain.Value.Length, Math.Max(1, Slug.MaxLength - ending.Length))] + ending);
    }
}
