namespace Plenum.Kernel.Live;

/// <summary>Something that happened, for those who are connected now. Never more than a hint: what must not be lost is in the database.</summary>
/// <param name="Topic">Kind, colon, key: "board:techtalk".</param>
/// <param name="Payload">UTF-8, written once and shared by all sessions.</param>
public readonly record struct LiveMessage(string Topic, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Some messages were left out, as the reader was too slow: it looks at the database anew.</summary>
    public static LiveMessage Gap { get; } = new("", default);

    public bool IsGap => Topic.Length == 0;
}
