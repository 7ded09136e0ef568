using System.Text.RegularExpressions;

namespace Plenum.Protocols.Mail.Bounce;

/// <summary>How one family of mail servers writes its bounces where no machine-readable part says it.</summary>
/// <param name="Name">The family.</param>
/// <param name="Sign">By which its notice is known.</param>
/// <param name="Entry">Where a recipient stands: group "address", and perhaps "reason".</param>
internal sealed record TextForm(string Name, Regex Sign, Regex Entry)
{
    /// <summary>An address as notices write them.</summary>
    public const string Address = @"(SMTP[:=])?(?<address>(""[^""\n]{1,64}""|[^\s<>""'()\[\],;:|*]+)@(\w[\w\-]*(\.[\w\-]+)*|\[[0-9.]+\]))";

    /// <summary>What a notice says about all its recipients is said once; else each entry is followed by its own reason.</summary>
    public bool IsReasonShared { get; init; }

    /// <summary>It may come from any sender, e.g. from a list, and not only from a mail system.</summary>
    public bool IsFromAnybody { get; init; }

    /// <summary>The recipients with what is said about each; empty if the form does not fit.</summary>
    public IReadOnlyList<(string Address, string Reason)> Read(string notice)
    {
        if (!Sign.IsMatch(notice))
        {
            return [];
        }

        var entries = new List<(Match Match, string Address)>();
        foreach (var match in Entry.Matches(notice).Take(MaxEntries))
        {
            var address = match.Groups["address"].Value.TrimEnd('.');
            if (!entries.Exists(entry => entry.Address.Equals(address, StringComparison.OrdinalIgnoreCase)))
            {
                entries.Add((match, address));
            }
        }

        return [.. entries.Select((entry, i) => (entry.Address, IsReasonShared ? notice : ReasonOf(notice, entry.Match, i + 1 < entries.Count ? entries[i + 1].Match.Index : notice.Length)))];
    }

    private static string ReasonOf(string notice, Match entry, int end)
    {
        var start = entry.Index + entry.Length;
        return entry.Groups["reason"].Value + "\n" + (start < end ? notice[start..end] : "");
    }

    /// <summary>Recipients in one notice; more are not read.</summary>
    private const int MaxEntries = 1000;
}
