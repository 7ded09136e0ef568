using System.Diagnostics.CodeAnalysis;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Dsn;

/// <summary>Reads delivery status notifications. Bounces of all kinds, also those outside the standard, are the Bounce folder's.</summary>
public static class DsnReader
{
    internal const string ReportType = "delivery-status";
    internal const string StatusType = "message/delivery-status";
    private const string GlobalStatusType = "message/global-delivery-status";

    /// <summary>Reads a mail.</summary>
    /// <returns>False if it is no multipart/report of this type with at least one recipient.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> message, [NotNullWhen(true)] out DsnMessage? dsn)
    {
        dsn = null;
        if (!ReportMailReader.TryRead(message, out var report) || report.ReportType != ReportType
            || report.StatusType is not (StatusType or GlobalStatusType) || !DeliveryStatusReader.TryRead(report.Status.Span, out var status))
        {
            return false;
        }

        dsn = new DsnMessage { Text = report.Text, Status = status, Returned = report.Returned, Original = report.Original };
        return true;
    }
}
