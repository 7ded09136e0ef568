using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.Kernel.Web;

namespace Plenum.Kernel.Api;

/// <summary>A request that was carried out, and its answer.</summary>
internal sealed class KeptAnswer
{
    /// <summary>Account of the caller.</summary>
    public required Guid Owner { get; init; }

    /// <summary>The caller's Idempotency-Key.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, address and body: the key must not be used for another request.</summary>
    public required byte[] Request { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Null until the answer is known: the server stopped between doing and answering.</summary>
    public int? Status { get; set; }

    public string? ContentType { get; set; }

    public string? Location { get; set; }

    public byte[]? Body { get; set; }
}

/// <summary>
/// Idempotency keys (draft-ietf-httpapi-idempotency-key-header): a request sent twice is done once, and both get the same answer. The mark
/// lies in the scope's PlenumDb and is saved together with what the use case saves, so there is no moment between doing and remembering.
/// </summary>
internal sealed class Idempotency(PlenumDb db, CurrentViewer current, TimeProvider clock) : IEndpointFilter
{
    public const string Header = "Idempotency-Key";
    private const int MaxKeyLength = 200;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var sent))
        {
            return await next(context);
        }

        var key = sent.ToString().Trim('"');
        if (key.Length is 0 or > MaxKeyLength)
        {
            throw new RuleException("api.idempotency-key", MaxKeyLength);
        }

        var owner = current.Viewer.SignedInAccount.Value;
        var request = await HashAsync(http.Request);
        if (await db.Set<KeptAnswer>().AsNoTracking().SingleOrDefaultAsync(a => a.Owner == owner && a.Key == key, http.RequestAborted) is { } known)
        {
            return Repeat(http, known, request);
        }

        var mark = new KeptAnswer { Owner = owner, Key = key, Request = request, CreatedAt = clock.GetUtcNow().UtcDateTime };
        db.Add(mark);
        try
        {
            var result = await next(context);
            var (status, type, location, body) = await RenderAsync(http, result);
            (mark.Status, mark.ContentType, mark.Location, mark.Body) = (status, type, location, body);
            if (status < StatusCodes.Status400BadRequest)
            {
                if (db.Entry(mark).State == EntityState.Detached)
                {
                    db.Add(mark);
                }

                await db.SaveChangesAsync(CancellationToken.None); // Done is done, whether or not the caller still listens.
            }

            return new KeptResult(status, type, location, body);
        }
        catch (DbUpdateException) when (IsTaken(owner, key))
        {
            throw new BadHttpRequestException("Another request with this Idempotency-Key is being carried out. Try again in a moment.", StatusCodes.Status409Conflict);
        }
    }

    private bool IsTaken(Guid owner, string key)
    {
        db.ChangeTracker.Clear();
        return db.Set<KeptAnswer>().AsNoTracking().Any(a => a.Owner == owner && a.Key == key);
    }

    private static KeptResult Repeat(HttpContext http, KeptAnswer known, byte[] request)
    {
        if (!known.Request.AsSpan().SequenceEqual(request))
        {
            throw new RuleException("api.idempotency-key-reused");
        }

        http.Response.Headers["Idempotency-Replayed"] = "true";
        return known.Status is { } status
            ? new(status, known.ContentType, known.Location, known.Body ?? [])
            : throw new BadHttpRequestException("The request with this Idempotency-Key was carried out, but the server stopped before it could answer. Read the resource.", StatusCodes.Status409Conflict);
    }

    private static async Task<(int Status, string? Type, string? Location, byte[] Body)> RenderAsync(HttpContext http, object? result)
    {
        var whole = http.Response.Body;
        using var copy = new MemoryStream();
        http.Response.Body = copy;
        try
        {
            await (result as IResult ?? Results.Ok(result)).ExecuteAsync(http);
            await http.Response.BodyWriter.FlushAsync();
        }
        finally
        {
            http.Response.Body = whole;
        }

        return (http.Response.StatusCode, http.Response.ContentType, http.Response.Headers.Location.ToString() is { Length: > 0 } location ? location : null, copy.ToArray());
    }

    private static async Task<byte[]> HashAsync(HttpRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        request.Body.Position = 0; // ApiDoor buffers bodies that come with a key.
        var buffer = new byte[8192];
        while (await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            hash.AppendData(buffer.AsSpan(0, read));
        }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }

    private sealed class KeptResult(int status, string? type, string? location, byte[] body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = type;
            if (location is not null)
            {
                httpContext.Response.Headers.Location = location;
            }

            if (body.Length > 0)
            {
                httpContext.Response.ContentLength = body.Length;
                await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
            }
        }
    }
}
