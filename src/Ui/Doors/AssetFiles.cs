using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Plenum.Ui.Doors;

/// <summary>Serves /assets/HASH/NAME from memory: immutable under the current hash, briefly under any other (a node being replaced).</summary>
public static class AssetFiles
{
    public static void MapUiAssets(this IEndpointRouteBuilder endpoints)
        => endpoints.MapMethods(UiAssets.Prefix + "{version}/{**name}", [HttpMethods.Get, HttpMethods.Head], ServeAsync).AllowAnonymous();

    private static async Task ServeAsync(string version, string name, HttpContext http, UiAssets files)
    {
        if (files.Find(name) is not { } asset)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = http.Response.Headers;
        headers.CacheControl = version == files.Version ? "public, max-age=31536000, immutable" : "public, max-age=60";
        headers.Vary = HeaderNames.AcceptEncoding;
        http.Response.ContentType = asset.ContentType;
        var content = asset.Content;
        if (asset.Brotli is not null && AcceptsBrotli(http.Request))
        {
            headers.ContentEncoding = "br";
            content = asset.Brotli;
        }

        http.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(content, http.RequestAborted);
        }
    }

    private static bool AcceptsBrotli(HttpRequest request)
    {
        foreach (var encoding in request.GetTypedHeaders().AcceptEncoding)
        {
            if (encoding.Value.Equals("br", StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0)
            {
                return true;
            }
        }

        return false;
    }
}
