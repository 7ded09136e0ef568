namespace Plenum.Protocols.Mail.Sieve;

/// <summary>What is wrong with a script, and where.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in characters.</param>
/// <param name="Text">A sentence in English.</param>
public sealed record SieveProblem(int Line, int Column, string Text)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Line}:{Column}: {Text}");
}
