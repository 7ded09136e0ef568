namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>How a record and an organizational domain were found.</summary>
/// <param name="Domain">Where the record is.</param>
internal sealed record DmarcDiscovery(string? Domain, DmarcRecord? Record, bool IsTempError = false)
{
    public static readonly DmarcDiscovery Nothing = new(null, null);
    public static readonly DmarcDiscovery TempError = new(null, null, IsTempError: true);
}
