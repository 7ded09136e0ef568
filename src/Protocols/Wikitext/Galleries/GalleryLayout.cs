using System.Globalization;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Galleries;

/// <summary>Sizes of a gallery's boxes (attributes mode, widths, heights, perrow).</summary>
/// <param name="Mode">traditional, nolines, packed, packed-overlay, packed-hover or slideshow.</param>
/// <param name="Width">Widest picture, pixels.</param>
/// <param name="Height">Highest picture, pixels.</param>
/// <param name="PerRow">Pictures in a row; 0 for as many as fit.</param>
internal sealed record GalleryLayout(string Mode, int Width, int Height, int PerRow)
{
    /// <summary>Packed pictures are made larger than shown, so that rows can be filled.</summary>
    private const double PackedScale = 1.5;

    private const int UsualSize = 120;
    private const int MaxSize = 2000;
    private const int MaxPerRow = 1000;

    private static readonly string[] Modes = ["traditional", "nolines", "packed", "packed-overlay", "packed-hover", "slideshow"];

    private bool IsPacked => Mode.StartsWith("packed", StringComparison.Ordinal);

    /// <summary>True if captions lie over the pictures.</summary>
    public bool IsOverlay => Mode is "packed-overlay" or "packed-hover";

    private int ThumbPadding => Mode is "nolines" || IsPacked ? 0 : 30;

    private int BoxPadding => IsPacked ? 2 : 5;

    private int Borders => Mode is "nolines" ? 4 : 8;

    /// <summary>Width of the whole gallery, or 0 for no limit.</summary>
    public int MaxWidth => PerRow > 0 && !IsPacked ? PerRow * (Width + ThumbPadding + BoxPadding + Borders) : 0;

    public static GalleryLayout Read(StrippedTag tag)
    {
        var mode = tag["mode"]?.Trim().ToLowerInvariant();
        return new(
            Array.IndexOf(Modes, mode) >= 0 ? mode! : "traditional",
            Pixels(tag["widths"]) ?? UsualSize,
            Pixels(tag["heights"]) ?? UsualSize,
            int.TryParse(tag["perrow"], NumberStyles.None, CultureInfo.InvariantCulture, out var perRow) ? Math.Min(perRow, MaxPerRow) : 0);
    }

    /// <summary>The box a picture is scaled into.</summary>
    public (int Width, int Height) PictureBox(FileFacts? facts)
        => !IsPacked
            ? (Width, Height)
            : ((int)Math.Floor((facts?.Kind == MediaKind.Audio ? Width : (Height * 10) + 100) * PackedScale), (int)Math.Floor(Height * PackedScale));

    /// <summary>The picture in the size it has on the page.</summary>
    public Picture Displayed(Picture picture)
        => IsPacked
            ? picture with { Width = (int)Math.Ceiling(picture.Width / PackedScale), Height = (int)Math.Ceiling(picture.Height / PackedScale) }
            : picture;

    public string PictureStyle(int? pictureWidth)
        => pictureWidth is null
            ? $"height: {Number(ThumbPadding + Height)}px;"
            : $"width: {Number(DivWidth(pictureWidth.Value))}px;" + (Mode == "traditional" ? $" height: {Number(ThumbPadding + Height)}px;" : "");

    public double ItemWidth(int? pictureWidth)
        => IsPacked ? DivWidth(pictureWidth ?? Width * PackedScale) + BoxPadding : Width + ThumbPadding + BoxPadding;

    public double OverlayWidth(int? pictureWidth) => Math.Ceiling(ItemWidth(pictureWidth) - ThumbPadding - BoxPadding - 20);

    /// <summary>Fourteen digits, as MediaWiki writes them.</summary>
    public static string Number(double value) => value.ToString("G14", CultureInfo.InvariantCulture);

    private double DivWidth(double pictureWidth)
        => IsPacked ? Math.Max(pictureWidth, 60 * PackedScale) / PackedScale : Width + ThumbPadding;

    private static int? Pixels(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var digits = text.AsSpan().Trim();
        digits = digits.EndsWith("px") ? digits[..^2].TrimEnd() : digits;
        var cross = digits.IndexOf('x');
        digits = cross > 0 ? digits[..cross] : digits;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels > 0 ? Math.Min(pixels, MaxSize) : null;
    }
}
