using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Posting;
using Plenum.Kernel;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Kernel.Web;
using Plenum.Ui.Doors;

namespace Plenum.Discussions.Web;

/// <summary>Files of posts. Whatever strangers sent, it runs nowhere: pictures are shown, everything else is saved.</summary>
internal static class FileEndpoints
{
    private const long FormOverhead = 64 * 1024;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/boards/{slug}/files/{id:guid}/{name}", ServeAsync);
        var most = endpoints.ServiceProvider.GetRequiredService<IOptions<DiscussionsOptions>>().Value.MaxUploadBytes + FormOverhead;
        endpoints.MapPost("/boards/{slug}/uploads", UploadAsync).RequireAuthorization().WithMetadata(new RequestSizeLimitAttribute(most)).DisableAntiforgery(); // Checked within, after the size.
    }

    private static async Task<IResult> ServeAsync(string slug, Guid id, HttpContext http, CurrentViewer me, BoardDirectory boards, PlenumDb db, Blobs blobs)
    {
        if (await boards.FindAsync(me.Viewer, slug, http.RequestAborted) is not { } board
            || await FindAsync(db, board, AttachmentId.From(id), me, http.RequestAborted) is not { } file)
        {
            return Results.NotFound();
        }

        var type = await PictureType.OfAsync(blobs, BlobHash.Parse(file.Blob), http.RequestAborted);
        var disposition = new ContentDispositionHeaderValue(type is null ? "attachment" : "inline");
        disposition.SetHttpFileName(file.Name); // RFC 6266 §4.3: name in both forms.
        var headers = http.Response.Headers;
        headers.ContentDisposition = disposition.ToString();
        headers.CacheControl = "private, max-age=86400, immutable";
        headers.XContentTypeOptions = "nosniff";
        http.ContentPolicy().Override = ContentPolicy.ForUserFiles;
        var content = await blobs.OpenAsync(BlobHash.Parse(file.Blob), http.RequestAborted);
        return Results.Stream(content, type ?? "application/octet-stream", entityTag: new($"\"{file.Blob}\""), enableRangeProcessing: content.CanSeek);
    }

    /// <summary>A file of a published post; one that waits in an editor only for who put it there; one of a held post for moderators.</summary>
    private static async Task<Attachment?> FindAsync(PlenumDb db, Board board, AttachmentId id, CurrentViewer me, CancellationToken cancellation)
    {
        var account = me.Viewer.Account;
        return await db.Set<Attachment>().AsNoTracking().SingleOrDefaultAsync(
            a => a.Id == id && a.BoardId == board.Id
                && ((a.PostId == null && account != null && a.UploaderId == account) || db.Set<Post>().Any(p => p.Id == a.PostId && p.State == PostState.Published)),
            cancellation);
    }

    private static async Task<IResult> UploadAsync(
        string slug, HttpContext http, IAntiforgery forms, CurrentViewer me, BoardDirectory boards, UploadService uploads, Texts texts)
    {
        if (!http.Request.HasFormContentType)
        {
            return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        }

        await forms.ValidateRequestAsync(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await boards.FindAsync(me.Viewer, slug, http.RequestAborted) is not { } board || form.Files.GetFile("file") is not { } file)
        {
            return Results.NotFound();
        }

        try
        {
            await using var content = file.OpenReadStream();
            var stored = await uploads.PutAsync(me.Viewer, board, file.FileName, file.ContentType, content, http.RequestAborted);
            return Results.Json(new { id = stored.Id.ToString(), name = stored.Name, href = UploadService.HrefOf(board, stored.Id, stored.Name) });
        }
        catch (RuleException broken)
        {
            return Results.Problem(texts.Of(broken), statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }
}
