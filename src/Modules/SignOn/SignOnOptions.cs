using System.ComponentModel.DataAnnotations;

namespace Plenum.SignOn;

public enum RegistrationPolicy
{
    /// <summary>Anyone with a mail address may make an account.</summary>
    Open,

    /// <summary>Only with an invitation.</summary>
    InvitationOnly,
}

/// <summary>Settings under "SignOn".</summary>
public sealed class SignOnOptions : IValidatableObject
{
    /// <summary>Who may register.</summary>
    public RegistrationPolicy Registration { get; init; } = RegistrationPolicy.Open;

    /// <summary>Shortest password in characters.</summary>
    [Range(8, 64)]
    public int MinPasswordLength { get; init; } = 10; // NIST SP 800-63B-4 §3.1.1.2 asks 15 where it is the only factor, 8 with a second; most people here have one password and a limiter.

    /// <summary>
    /// File of breached passwords as sorted upper-case hexadecimal SHA-1, one a line, optionally ":COUNT"; searched without reading it whole.
    /// Empty: only the built-in list of common passwords is checked.
    /// </summary>
    public string BreachedPasswordsFile { get; init; } = "";

    /// <summary>How long a confirmation or recovery link works.</summary>
    public TimeSpan LinkLifetime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long an invitation works.</summary>
    public TimeSpan InvitationLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long the sign-in log is kept.</summary>
    public TimeSpan LogLifetime { get; init; } = TimeSpan.FromDays(90);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (BreachedPasswordsFile.Length > 0 && !File.Exists(BreachedPasswordsFile))
        {
            yield return new($"The file {BreachedPasswordsFile} does not exist.", [nameof(BreachedPasswordsFile)]);
        }

        if (LinkLifetime < TimeSpan.FromMinutes(1))
        {
            yield return new("LinkLifetime must be at least a minute.", [nameof(LinkLifetime)]);
        }
    }
}
