namespace Plenum.Voting.Tally;

/// <summary>A share such as 2/3, kept as two integers: majorities are cross-multiplied in 128 bits, never divided.</summary>
public readonly record struct Share
{
    /// <param name="numerator">From 0 to <paramref name="denominator"/>.</param>
    /// <param name="denominator">At least 1.</param>
    public Share(int numerator, int denominator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(denominator, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(numerator);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numerator, denominator);
        (Numerator, Denominator) = (numerator, denominator);
    }

    public int Numerator { get; }

    public int Denominator { get; }

    public static Share Half => new(1, 2);

    public static Share TwoThirds => new(2, 3);

    /// <summary>True if <paramref name="part"/> is at least this share of <paramref name="whole"/>.</summary>
    public bool IsReachedBy(long part, long whole) => (Int128)part * Denominator >= (Int128)whole * Numerator;

    /// <summary>True if <paramref name="part"/> is more than this share of <paramref name="whole"/>.</summary>
    public bool IsExceededBy(long part, long whole) => (Int128)part * Denominator > (Int128)whole * Numerator;

    public override string ToString() => $"{Numerator}/{Denominator}";
}
