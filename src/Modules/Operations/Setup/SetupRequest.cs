namespace Plenum.Operations.Setup;

/// <summary>What the set-up page asks.</summary>
public sealed record SetupRequest
{
    public required string Organisation { get; init; }

    /// <summary>Domain of its mail addresses; U-labels are allowed.</summary>
    public required string MailDomain { get; init; }

    /// <summary>Host name of its web site; empty for none yet.</summary>
    public string WebDomain { get; init; } = "";

    /// <summary>"de", "en": the first is the main one.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    public required string DisplayName { get; init; }

    public required string Login { get; init; }

    public required string Email { get; init; }

    /// <summary>Empty: a passkey follows, and the link stays good until there is one.</summary>
    public string Password { get; init; } = "";
}
