namespace Plenum.Protocols.Mail.Spf;

/// <summary>Result of evaluating one domain's record, before it is told to the outside.</summary>
internal sealed record SpfOutcome(SpfResult Result, string? Problem = null)
{
    public static readonly SpfOutcome None = new(SpfResult.None);
    public static readonly SpfOutcome Neutral = new(SpfResult.Neutral);

    public string? Mechanism { get; init; }

    public string? Explanation { get; init; }

    public static SpfOutcome PermError(string problem) => new(SpfResult.PermError, problem);

    public static SpfOutcome TempError(string problem) => new(SpfResult.TempError, problem);
}
