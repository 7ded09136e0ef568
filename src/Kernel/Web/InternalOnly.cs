using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Plenum.Kernel.Listeners;

namespace Plenum.Kernel.Web;

/// <summary>Marks an endpoint that answers on the internal port alone; elsewhere it does not exist.</summary>
public sealed class InternalOnly
{
    public static InternalOnly Marker { get; } = new();
}

public static class InternalOnlyEndpoints
{
    extension<TBuilder>(TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
    {
        public TBuilder OnInternalPortOnly() => endpoint.WithMetadata(InternalOnly.Marker);
    }
}

/// <summary>Hides internal endpoints from the public ports. Judged by the socket, not by the Host header, which anyone can write.</summary>
public sealed class InternalOnlyMiddleware(RequestDelegate next, Ports ports)
{
    public Task InvokeAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.GetEndpoint()?.Metadata.GetMetadata<InternalOnly>() is not null && http.Connection.LocalPort != ports.Find("internal"))
        {
            http.SetEndpoint(null);
        }

        return next(http);
    }
}
