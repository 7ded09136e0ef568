using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace Plenum.Ui;

/// <summary>A message for the page after a redirect.</summary>
/// <param name="Key">Key of Texts; <paramref name="Args"/> fill it.</param>
/// <param name="UndoAction">Path that undoes it by POST, shown as a button; null if there is nothing to undo.</param>
public sealed record FlashMessage(Tone Tone, string Key, string[] Args, string? UndoAction = null);

/// <summary>
/// Carries a message across a redirect in the address itself, sealed and short-lived: no cookie, no session, any node can read it,
/// and nobody can put words of their own on our pages.
/// </summary>
public sealed class Flash(IDataProtectionProvider protection)
{
    public const string Parameter = "flash";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2); // A slow redirect; a shared link shows nothing.
    private readonly ITimeLimitedDataProtector _seal = protection.CreateProtector("Plenum.Ui.Flash").ToTimeLimitedDataProtector();

    /// <summary>The address to redirect to, e.g. <c>Navigation.NavigateTo(Flash.To("/admin", Tone.Good, "operations.setup.done"))</c>.</summary>
    /// <param name="path">A path on this site.</param>
    public string To(string path, Tone tone, string key, params string[] args) => To(path, new FlashMessage(tone, key, args));

    public string To(string path, FlashMessage message)
    {
        ArgumentNullException.ThrowIfNull(path);
        var hash = path.IndexOf('#', StringComparison.Ordinal);
        var (address, fragment) = hash < 0 ? (path, "") : (path[..hash], path[hash..]);
        return QueryHelpers.AddQueryString(address, Parameter, WebEncoders.Base64UrlEncode(_seal.Protect(JsonSerializer.SerializeToUtf8Bytes(message), Lifetime))) + fragment;
    }

    /// <summary>False for what is too old, broken or not ours.</summary>
    public bool TryRead(string? sealedMessage, out FlashMessage message)
    {
        message = null!;
        if (sealedMessage is not { Length: > 0 and < 4000 })
        {
            return false;
        }

        try
        {
            message = JsonSerializer.Deserialize<FlashMessage>(_seal.Unprotect(WebEncoders.Base64UrlDecode(sealedMessage)))!;
            return true;
        }
        catch (Exception broken) when (broken is FormatException or System.Security.Cryptography.CryptographicException or JsonException)
        {
            return false;
        }
    }
}
