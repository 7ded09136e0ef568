using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Plenum.Kernel.Listeners;

public static class ConnectionClosing
{
    extension(ConnectionContext connection)
    {
        /// <summary>
        /// Cancelled when the house closes: a connection that waits for its client says goodbye and ends; what was accepted is finished
        /// first. Whoever does not listen to it is cut off when the time for closing is over.
        /// </summary>
        public CancellationToken Closing
            => connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? connection.ConnectionClosed;
    }
}
