using System.Text;

namespace Plenum.Wikitext.Expansion;

/// <summary>What has been taken out of the text so far.</summary>
/// <param name="maxLength">UTF-16 units that a text with its sources back may have: a marker may stand in it many times.</param>
internal sealed class StripState(int maxLength)
{
    private readonly List<Stripped> _all = [];

    public IReadOnlyList<Stripped> All => _all;

    /// <summary>Keeps something and gives the marker to write in its place.</summary>
    public string Add(Stripped stripped)
    {
        _all.Add(stripped with { Index = _all.Count });
        return StripMarker.Write(_all.Count - 1);
    }

    /// <summary>Puts sources back as long as there is room; markers of headings vanish.</summary>
    public string Unstrip(string text)
    {
        var at = text.IndexOf(StripMarker.Delimiter);
        if (at < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var done = 0;
        while (at >= 0)
        {
            result.Append(text, done, at - done);
            done = at;
            if (StripMarker.TryRead(text.AsSpan(at), out var index, out var length) && index < _all.Count)
            {
                var source = _all[index].Source;
                result.Append(source.Length <= maxLength - result.Length ? source : "");
                done = at + length;
            }
            else
            {
                result.Append(text[at]);
                done = at + 1;
            }

            at = text.IndexOf(StripMarker.Delimiter, done);
        }

        return result.Append(text, done, text.Length - done).ToString();
    }
}
