using System.Globalization;
using System.Text;
using QRCoder;

namespace Plenum.SignOn.SecondFactors;

/// <summary>A QR code as one SVG path: no picture to fetch, no inline style.</summary>
/// <param name="Size">Width and height of the view box, quiet zone included.</param>
/// <param name="Path">The dark modules.</param>
public sealed record QrDrawing(int Size, string Path);

internal static class QrSvg
{
    public static QrDrawing Draw(QRCodeData code)
    {
        var path = new StringBuilder();
        var rows = code.ModuleMatrix; // QRCoder's matrix already has the quiet zone of four modules.
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (rows[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return new(rows.Count, path.ToString());
    }
}
