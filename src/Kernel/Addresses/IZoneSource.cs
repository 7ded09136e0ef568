namespace Plenum.Kernel.Addresses;

/// <summary>A module that needs DNS records to exist: <c>plenum doctor</c> prints them as a zone and looks whether they are there.</summary>
public interface IZoneSource
{
    Task<IReadOnlyList<ZoneRecord>> RecordsAsync(CancellationToken cancellation);
}

/// <summary>A DNS record this house needs.</summary>
/// <param name="Name">Owner name in lower case with A-labels, without the dot at its end.</param>
/// <param name="Type">"MX", "TXT", "SRV" …</param>
/// <param name="Data">The data in the form of a zone file (RFC 1035 §5.1), TXT without quotes and in one piece.</param>
/// <param name="Reason">One English sentence: what fails without it.</param>
public sealed record ZoneRecord(string Name, string Type, string Data, string Reason);
