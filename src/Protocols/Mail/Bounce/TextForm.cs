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

    /// <summary>Recipients in one notice; more are not read.</summary>
    private const int MaxEntries = 1000;

    /// <summary>Sendmail, Postfix and exim tell which address the sender had used.</summary>
    private static readonly Regex ExpandedFrom = LinearRegex.Create(@"\((expanded|(ultimately )?generated)\s+from:?\s+<?" + Address + @">?\)");

    /// <summary>The recipients with what is said about each; empty if the form does not fit.</summary>
    public IReadOnlyList<NoticeEntry> Read(string notice)
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

        return [.. entries.Select((entry, i) => ToEntry(notice, entry.Match, entry.Address, i + 1 < entries.Count ? entries[i + 1].Match.Index : notice.Length))];
    }

    private NoticeEntry ToEntry(string notice, Match entry, string address, int end)
    {
        var start = entry.Index + entry.Length;
        var rest = start < end ? notice[start..end] : "";
        var expanded = ExpandedFrom.Match(entry.Value + "\n" + rest);
        return new NoticeEntry(expanded.Success ? expanded.Groups["address"].Value : address, IsReasonShared ? notice : entry.Groups["reason"].Value + "\n" + rest)
        {
            FinalAddress = address,
        };
    }
}

/// <summary>A recipient in a notice.</summary>
/// <param name="Address">The address the sender had used.</param>
/// <param name="Reason">What is said about it.</param>
internal sealed record NoticeEntry(string Address, string Reason)
{
    /// <summary>The address it had become when delivery failed; mostly the same.</summary>
    public required string FinalAddress { get; init; }

    public bool IsAbout(string? address)
        => address is not null && (Address.Equals(address, StringComparison.OrdinalIgnoreCase) || FinalAddress.Equals(address, StringComparison.OrdinalIgnoreCase));
}
