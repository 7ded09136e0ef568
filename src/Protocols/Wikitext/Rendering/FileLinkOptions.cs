using System.Globalization;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>How a file is to be shown, read from the options of its link.</summary>
internal sealed class FileLinkOptions
{
    /// <summary>The largest picture anyone may ask for, in pixels.</summary>
    private const int MaxSize = 10_000;

    public bool IsThumb { get; private set; }

    public string? ManualThumb { get; private set; }

    public bool IsFramed { get; private set; }

    public bool IsFrameless { get; private set; }

    public bool HasBorder { get; private set; }

    /// <summary>Factor for tall pictures; 0 for the usual one, null without the option.</summary>
    public double? Upright { get; private set; }

    public string Align { get; private set; } = "";

    public string VerticalAlign { get; private set; } = "";

    public int? Width { get; private set; }

    public int? Height { get; private set; }

    /// <summary>True if width or height was given.</summary>
    public bool HasSize => Width is not null || Height is not null;

    /// <summary>True if a size was written with one "px" too many.</summary>
    public bool HasDoublePixels { get; private set; }

    public int? Page { get; private set; }

    public string Language { get; private set; } = "";

    public string? Alt { get; set; }

    public string ClassNames { get; private set; } = "";

    public FileTarget Target { get; private set; } = FileTarget.Description;

    /// <summary>Half-parsed text under the picture.</summary>
    public string Caption { get; private set; } = "";

    /// <summary>Tooltip.</summary>
    public string Title { get; set; } = "";

    /// <summary>True if the caption is shown under the picture.</summary>
    public bool HasVisibleCaption => IsThumb || IsFramed || ManualThumb is not null;

    /// <summary>Reads the options.</summary>
    /// <param name="text">Options and caption, parted by bars, half-parsed.</param>
    /// <param name="kind">What the file is; null if it is missing.</param>
    /// <param name="plain">Makes plain text of half-parsed text.</param>
    /// <param name="target">Reads the value of link=; null if it leads nowhere.</param>
    public static FileLinkOptions Read(string text, MediaKind? kind, FileOptionWords words, Func<string, string> plain, Func<string, FileTarget?> target)
    {
        var options = new FileLinkOptions();
        var seenFormat = false;
        foreach (var part in OptionParts.Split(text))
        {
            var option = words.Read(part.TrimWhite(), out var value);
            if (!options.Take(option, value, kind, plain, target, ref seenFormat))
            {
                options.Caption = part;
            }
        }

        return options;
    }

    private bool Take(
        FileOption option, string? value, MediaKind? kind, Func<string, string> plain, Func<string, FileTarget?> target, ref bool seenFormat)
    {
        switch (option)
        {
            case FileOption.Caption:
                return false;
            case FileOption.Thumb or FileOption.ManualThumb or FileOption.Frame or FileOption.Frameless:
                var isFirst = !seenFormat;
                seenFormat = true;
                if (isFirst)
                {
                    IsThumb = option == FileOption.Thumb;
                    IsFramed = option == FileOption.Frame;
                    IsFrameless = option == FileOption.Frameless;
                    ManualThumb = option == FileOption.ManualThumb ? plain(value!) : null;
                }

                return isFirst;
            case FileOption.Border:
                HasBorder = true;
                return true;
            case FileOption.Upright:
                return TakeUpright(value);
            case FileOption.Left or FileOption.Right or FileOption.Center or FileOption.None:
                Align = Align.Length > 0 ? Align : NameOf(option);
                return true;
            case >= FileOption.Baseline and <= FileOption.TextBottom:
                VerticalAlign = VerticalAlign.Length > 0 ? VerticalAlign : NameOf(option);
                return true;
            case FileOption.Width:
                return TakeSize(value!);
            case FileOption.Page:
                return kind == MediaKind.Document && TakePage(value!);
            case FileOption.Language:
                return kind == MediaKind.Drawing && TakeLanguage(value!);
            case FileOption.Alt:
                Alt = plain(value!);
                return true;
            case FileOption.Class:
                ClassNames = plain(value!);
                return true;
            default:
                if (target(plain(value!)) is not { } found)
                {
                    return false;
                }

                Target = found;
                return true;
        }
    }

    private static string NameOf(FileOption option) => option switch
    {
        FileOption.TextTop => "text-top",
        FileOption.TextBottom => "text-bottom",
        FileOption.Left => "left",
        FileOption.Right => "right",
        FileOption.Center => "center",
        FileOption.None => "none",
        FileOption.Baseline => "baseline",
        FileOption.Sub => "sub",
        FileOption.Super => "super",
        FileOption.Top => "top",
        FileOption.Middle => "middle",
        _ => "bottom",
    };

    private bool TakeUpright(string? value)
    {
        if (value is null)
        {
            Upright = 0;
            return true;
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) || !double.IsFinite(factor))
        {
            return false;
        }

        Upright = Math.Clamp(factor, 0, 20);
        return true;
    }

    /// <summary><c>200</c>, <c>x100</c>, <c>200x100</c>; a second "px" is let through.</summary>
    private bool TakeSize(string value)
    {
        var isDouble = value.EndsWith("px", StringComparison.Ordinal);
        value = isDouble ? value[..^2].TrimEnd() : value;
        var cross = value.IndexOf('x', StringComparison.Ordinal);
        if (!TryReadSize(cross < 0 ? value : value[..cross], out var width)
            || !TryReadSize(cross < 0 ? "" : value[(cross + 1)..], out var height))
        {
            return false;
        }

        HasDoublePixels |= isDouble;
        Width = width > 0 ? width : Width;
        Height = height > 0 ? height : Height;
        return width > 0 || height > 0;
    }

    private static bool TryReadSize(ReadOnlySpan<char> text, out int pixels)
    {
        pixels = 0;
        if (text.IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return false;
        }

        foreach (var digit in text)
        {
            pixels = Math.Min((pixels * 10) + (digit - '0'), MaxSize);
        }

        return true;
    }

    private bool TakePage(string value)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var page) || page < 1)
        {
            return false;
        }

        Page = page;
        return true;
    }

    private bool TakeLanguage(string value)
    {
        if (value.Length is 0 or > 35 || !value.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return false;
        }

        Language = value.ToLowerInvariant();
        return true;
    }
}

/// <summary>Where a click on a picture leads.</summary>
/// <param name="Title">A page.</param>
/// <param name="Url">Another host.</param>
internal readonly record struct FileTarget(PageTitle? Title, string? Url)
{
    /// <summary>The page that describes the file.</summary>
    public static FileTarget Description { get; } = new(null, null);

    /// <summary>Nowhere.</summary>
    public static FileTarget Nothing { get; } = new(null, "");
}
