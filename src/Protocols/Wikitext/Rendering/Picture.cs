using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>A picture of a file in a size.</summary>
/// <param name="Width">Pixels on the page.</param>
/// <param name="Height">Pixels on the page.</param>
/// <param name="DenseUrl">Address of one for dense screens, or null.</param>
internal readonly record struct Picture(string Url, int Width, int Height, string? DenseUrl)
{
    /// <summary>Widest picture made of a drawing.</summary>
    public const int MaxDrawingWidth = 5120;

    /// <summary>Makes a picture that fits a box. False if the file has none.</summary>
    /// <param name="width">Width of the box.</param>
    /// <param name="height">Height of the box, or null.</param>
    public static bool TryMake(FileFacts file, int width, int? height, int page, string language, IWikiSite site, bool isDense, out Picture picture)
    {
        picture = default;
        if (file.Width <= 0 || file.Height <= 0)
        {
            return false;
        }

        page = Math.Clamp(page, 1, Math.Max(file.PageCount, 1));
        var (shownWidth, shownHeight) = Fit(file, width, height);
        if (UrlOf(file, shownWidth, page, language, site) is not { } url)
        {
            return false;
        }

        string? dense = null;
        if (isDense)
        {
            var (denseWidth, _) = Fit(file, width * 2, height * 2);
            dense = UrlOf(file, denseWidth, page, language, site);
            dense = dense == url ? null : dense;
        }

        picture = new(url, shownWidth, shownHeight, dense);
        return true;
    }

    /// <summary>The size of the file's picture inside a box; the height follows the width.</summary>
    public static (int Width, int Height) Fit(FileFacts file, int width, int? height)
    {
        if (height is { } box && (long)width * file.Height > (long)box * file.Width)
        {
            width = FitWidth(file, box);
        }

        return (Math.Max(width, 1), (int)Math.Round((double)file.Height * width / file.Width, MidpointRounding.AwayFromZero));
    }

    private static int FitWidth(FileFacts file, int height)
    {
        var ideal = (double)file.Width * height / file.Height;
        var up = Math.Ceiling(ideal);
        return (int)(Math.Round(up * file.Height / file.Width, MidpointRounding.AwayFromZero) > height ? Math.Floor(ideal) : up);
    }

    /// <summary>The file itself where it is no larger, or where the wiki makes no smaller ones and browsers can scale it.</summary>
    private static string? UrlOf(FileFacts file, int width, int page, string language, IWikiSite site)
        => file.Kind == MediaKind.Bitmap && width >= file.Width ? file.Url
            : site.FindThumbnailUrl(file, width, page, language) ?? (IsShownByBrowsers(file.MimeType) ? file.Url : null);

    private static bool IsShownByBrowsers(string type)
        => type is "image/jpeg" or "image/png" or "image/gif" or "image/webp" or "image/avif" or "image/svg+xml";
}
