namespace Plenum.Wikitext.Saving;

/// <summary>The person who saves a page.</summary>
/// <param name="Name">User name; for a guest what stands in its place.</param>
public sealed record Signer(string Name)
{
    /// <summary>Longest signature of one's own, in code points.</summary>
    public const int MaxSignatureLength = 255;

    /// <summary>Wikitext the person chose as signature; null signs with a link to the user page. One that is too long or has several lines is not used.</summary>
    public string? Signature { get; init; }

    /// <summary>False for a guest: the signature then links to the contributions, not to a user page.</summary>
    public bool IsRegistered { get; init; } = true;
}
