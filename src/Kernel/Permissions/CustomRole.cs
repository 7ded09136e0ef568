namespace Plenum.Kernel.Permissions;

/// <summary>A role an organisation made for itself, beside those the modules bring.</summary>
public sealed class CustomRole
{
    private CustomRole()
    {
    }

    public CustomRole(string name, string title, IEnumerable<string> permissions)
    {
        Name = Organisation.Slug.Parse(name).Value;
        Change(title, permissions);
    }

    public string Name { get; private init; } = "";

    public string Title { get; private set; } = "";

    /// <summary>Names of permissions, separated by spaces.</summary>
    public string Permissions { get; private set; } = "";

    public void Change(string title, IEnumerable<string> permissions)
    {
        Title = title.Trim() is { Length: > 0 and <= 120 } clean ? clean : throw new RuleException("roles.title-length", 120);
        Permissions = string.Join(' ', permissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }
}
