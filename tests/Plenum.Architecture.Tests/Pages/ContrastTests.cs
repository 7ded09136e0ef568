using System.Globalization;
using System.Text.RegularExpressions;
using Plenum.Testing;

namespace Plenum.Architecture.Tests.Pages;

/// <summary>Every pair of colours that plenum.css declares with "contrast: A on B n", in light and dark and for each hue a unit may choose.</summary>
public sealed partial class ContrastTests
{
    private static readonly string Css = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "src", "Ui", "wwwroot", "plenum.css"));

    [Fact]
    public void Every_declared_pair_has_its_contrast_in_both_schemes_and_every_hue()
    {
        var tokens = Token().Matches(Css).ToDictionary(m => m.Groups["name"].Value, m => (Light: m.Groups["light"].Value, Dark: m.Groups["dark"].Value));
        var pairs = Pair().Matches(Css).ToList();
        Assert.True(pairs.Count > 30, "The pairs are not found.");
        var weak = new List<string>();
        foreach (var pair in pairs)
        {
            var (front, ground) = (tokens[pair.Groups["front"].Value], tokens[pair.Groups["ground"].Value]);
            var wanted = double.Parse(pair.Groups["ratio"].Value, CultureInfo.InvariantCulture);
            foreach (var hue in Hues())
            {
                var (light, dark) = (Oklch.Parse(front.Light, hue).ContrastTo(Oklch.Parse(ground.Light, hue)), Oklch.Parse(front.Dark, hue).ContrastTo(Oklch.Parse(ground.Dark, hue)));
                if (Math.Min(light, dark) < wanted)
                {
                    weak.Add(string.Create(CultureInfo.InvariantCulture, $"{pair.Groups["front"]} on {pair.Groups["ground"]} at hue {hue}: {light:0.00} light, {dark:0.00} dark, wanted {wanted}"));
                }
            }
        }

        Assert.True(weak.Count == 0, string.Join('\n', weak));
    }

    [Fact]
    public void Every_colour_stands_among_the_tokens_and_nowhere_else()
    {
        var layers = Css[Css.IndexOf("@layer base", StringComparison.Ordinal)..Css.IndexOf("@layer print", StringComparison.Ordinal)];
        Assert.Empty(Loose().Matches(layers).Select(m => m.Value));
    }

    [Theory]
    [InlineData("oklch(1 0 0)", "oklch(0 0 0)", 21.0)]
    [InlineData("oklch(0.5999 0 0)", "oklch(1 0 0)", 3.95)] // #808080
    public void The_measure_itself_is_right(string front, string ground, double ratio)
        => Assert.InRange(Oklch.Parse(front, 0).ContrastTo(Oklch.Parse(ground, 0)), ratio - 0.15, ratio + 0.15);

    private static IEnumerable<int> Hues() => Enumerable.Range(0, 24).Select(h => h * 15).Append(205);

    [GeneratedRegex(@"--(?<name>[a-z-]+):\s*light-dark\((?<light>oklch\((?:[^()]|\([^()]*\))*\)),\s*(?<dark>oklch\((?:[^()]|\([^()]*\))*\))\)")]
    private static partial Regex Token();

    [GeneratedRegex(@"contrast:\s+(?<front>[a-z-]+) on (?<ground>[a-z-]+) (?<ratio>[0-9.]+)")]
    private static partial Regex Pair();

    // Shades that lie over everything are no text.
    [GeneratedRegex(@"#[0-9a-fA-F]{3,8}\b(?=\s*[;,)])|\brgba?\([^)]*\)|\bhsl\([^)]*\)|oklch\([^/)]*\)")]
    private static partial Regex Loose();

    /// <summary>A colour in OKLCH (CSS Color 4 §9.4), and the contrast of WCAG 2.2 §1.4.3.</summary>
    private readonly record struct Oklch(double Lightness, double Chroma, double Hue)
    {
        public static Oklch Parse(string text, int unitHue)
        {
            var parts = text["oklch(".Length..^1].Replace("var(--hue)", unitHue.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Split(' ');
            return new(Number(parts[0]), Number(parts[1]), Number(parts[2]));
        }

        public double ContrastTo(Oklch other)
        {
            var (a, b) = (Luminance(), other.Luminance());
            return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
        }

        private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

        // Linear sRGB, each channel cut to what a screen shows.
        private double Luminance()
        {
            var (a, b) = (Chroma * Math.Cos(Hue * Math.PI / 180), Chroma * Math.Sin(Hue * Math.PI / 180));
            var l = Math.Pow(Lightness + (0.3963377774 * a) + (0.2158037573 * b), 3);
            var m = Math.Pow(Lightness - (0.1055613458 * a) - (0.0638541728 * b), 3);
            var s = Math.Pow(Lightness - (0.0894841775 * a) - (1.2914855480 * b), 3);
            var red = Math.Clamp((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s), 0, 1);
            var green = Math.Clamp((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s), 0, 1);
            var blue = Math.Clamp((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s), 0, 1);
            return (0.2126 * red) + (0.7152 * green) + (0.0722 * blue);
        }
    }
}
