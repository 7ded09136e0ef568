using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Web;

/// <summary>The viewer of this HTTP request. Scoped; pages and endpoints inject it.</summary>
public sealed class CurrentViewer
{
    private Viewer? _viewer;

    /// <exception cref="InvalidOperationException">Asked before <see cref="ViewerMiddleware"/> ran.</exception>
    public Viewer Viewer
    {
        get => _viewer ?? throw new InvalidOperationException("The viewer is known only within a request.");
        internal set => _viewer = value;
    }
}

/// <summary>Finds out who looks, after authentication.</summary>
public sealed class ViewerMiddleware(RequestDelegate next, ViewerSource viewers)
{
    public async Task InvokeAsync(HttpContext http, CurrentViewer current)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(current);
        current.Viewer = AccountId.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), null, out var account)
            ? await viewers.ForAsync(account, http.RequestAborted)
            : await viewers.GuestAsync(http.RequestAborted);
        await next(http);
    }
}
