using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Audit;

/// <summary>Writes the audit log in the caller's context: an action and its entry are saved together or not at all.</summary>
public sealed class Audit(TimeProvider clock)
{
    private const int MaxActionLength = 120;
    private const int MaxSubjectLength = 400;
    private const int MaxDetailsLength = 16_000; // A sentence or a small diff, never a document.

    /// <param name="actor">Null: the system itself, or someone not signed in.</param>
    /// <param name="action">Module, dot, verb; e.g. "accounts.grant".</param>
    /// <param name="subject">What it was done to, e.g. "account:0193…".</param>
    /// <param name="unit">The unit whose log shows it.</param>
    /// <param name="details">For people. Longer text is cut.</param>
    public void Record(PlenumDb db, AccountId? actor, string action, string subject, OrgUnitId? unit = null, string details = "")
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentException.ThrowIfNullOrEmpty(action);
        var now = clock.GetUtcNow().UtcDateTime;
        db.Add(new AuditEntry
        {
            At = new(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc),
            Actor = actor,
            Action = Clean(action, MaxActionLength),
            Subject = Clean(subject, MaxSubjectLength),
            Unit = unit,
            Details = Clean(details, MaxDetailsLength),
        });
    }

    // PostgreSQL stores no NUL and no lone surrogate, and what is sealed must come back as it was written.
    private static string Clean(string text, int maxLength)
    {
        var cut = text.Length > maxLength ? text[..maxLength] : text;
        return string.Concat(cut.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()));
    }
}
