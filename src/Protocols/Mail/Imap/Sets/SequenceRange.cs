namespace Plenum.Protocols.Mail.Imap.Sets;

/// <summary>One member of a sequence set as the client wrote it; 0 stands for "*", the largest number in use (RFC 9051 §9, seq-range).</summary>
public readonly record struct SequenceRange(uint First, uint Last)
{
    /// <summary>The number that stands for "*".</summary>
    public const uint Star = 0;

    /// <summary>The range in ascending order, "*" replaced. RFC 9051 §9: the order of the two numbers does not matter.</summary>
    /// <param name="largest">The largest number in use; 0 in an empty mailbox.</param>
    public SequenceRange Resolve(uint largest)
    {
        var (a, b) = (First == Star ? largest : First, Last == Star ? largest : Last);
        return a <= b ? new(a, b) : new(b, a);
    }

    public override string ToString() => First == Last ? Text(First) : $"{Text(First)}:{Text(Last)}";

    private static string Text(uint number) => number == Star ? "*" : number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
