using Microsoft.AspNetCore.Http;

namespace Plenum.Ui.Doors;

/// <summary>The Content-Security-Policy of one response. Strict unless an endpoint says why it needs more.</summary>
public sealed class ContentPolicy
{
    private readonly List<string> _formTargets = [];
    private readonly List<string> _framedBy = [];

    /// <summary>Replaces the policy whole, e.g. by <see cref="ForUserFiles"/>.</summary>
    public string? Override { get; set; }

    /// <summary>For files that people uploaded: whatever they contain, it runs and loads nothing.</summary>
    public const string ForUserFiles = "default-src 'none'; sandbox; frame-ancestors 'self'; base-uri 'none'";

    /// <summary>A form may end, after redirects, at this origin: browsers check the whole chain (sign-on to other programs).</summary>
    /// <param name="origin">Scheme and host, e.g. "https://wiki.example.org".</param>
    public void AllowFormTarget(Uri origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        _formTargets.Add(origin.GetLeftPart(UriPartial.Authority));
    }

    /// <summary>A page may be framed by this origin.</summary>
    public void AllowFramedBy(Uri origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        _framedBy.Add(origin.GetLeftPart(UriPartial.Authority));
    }

    public override string ToString() => Override
        ?? "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; base-uri 'none'; object-src 'none'; "
        + $"form-action 'self'{List(_formTargets)}; frame-ancestors 'self'{List(_framedBy)}";

    private static string List(List<string> origins) => origins.Count == 0 ? "" : " " + string.Join(' ', origins);
}

public static class ContentPolicyOfResponse
{
    /// <summary>The policy this response will carry.</summary>
    public static ContentPolicy ContentPolicy(this HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.Features.Get<ContentPolicy>() is not { } policy)
        {
            http.Features.Set(policy = new());
        }

        return policy;
    }
}
