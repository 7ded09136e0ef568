namespace Plenum.Voting.LiquidFeedback;

/// <summary>How much a member may write within a time frame. Of several contingents it suffices to keep within one.</summary>
/// <param name="TimeFrame">Looked back from now.</param>
/// <param name="TextEntries">Most drafts and suggestions within the frame; null for any number.</param>
/// <param name="Initiatives">Most new initiatives within the frame; null for any number.</param>
public sealed record Contingent(TimeSpan TimeFrame, int? TextEntries, int? Initiatives)
{
    /// <summary>Whether one more entry is allowed now.</summary>
    /// <param name="contingents">None at all means no limit.</param>
    /// <param name="textEntries">When the member's earlier drafts and suggestions were written.</param>
    /// <param name="initiatives">When the member's earlier initiatives were created.</param>
    /// <param name="isNewInitiative">The entry creates an initiative, whose first draft is a text entry as well.</param>
    public static bool Allows(
        IReadOnlyCollection<Contingent> contingents,
        IReadOnlyCollection<DateTimeOffset> textEntries,
        IReadOnlyCollection<DateTimeOffset> initiatives,
        bool isNewInitiative,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(contingents);
        return contingents.Count == 0 || contingents.Any(contingent =>
            contingent.HasRoom(textEntries, contingent.TextEntries, now)
            && (!isNewInitiative || contingent.HasRoom(initiatives, contingent.Initiatives, now)));
    }

    private bool HasRoom(IReadOnlyCollection<DateTimeOffset> entries, int? limit, DateTimeOffset now)
        => limit is null || entries.Count(entry => entry > now - TimeFrame) < limit;
}
