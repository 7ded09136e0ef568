using System.Globalization;

namespace Plenum.Operations.Health;

/// <summary>A number of octets for people: "1.4 GB", decimal as disks are sold.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB"];

    public static string Of(long octets)
    {
        var (size, unit) = ((double)octets, 0);
        while (size >= 1000 && unit < Units.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        return size.ToString(unit == 0 || size >= 100 ? "0" : "0.0", CultureInfo.CurrentCulture) + " " + Units[unit];
    }
}
