namespace Plenum.Wikitext.Functions;

/// <summary>Why an expression has no value.</summary>
internal enum ExpressionFault
{
    None,
    StackExhausted,
    UnexpectedNumber,
    UnrecognisedWord,
    UnrecognisedPunctuation,
    UnexpectedOperator,
    MissingOperand,
    UnexpectedClosingBracket,
    UnclosedBracket,
    DivisionByZero,
    InvalidArgument,
    InvalidLogarithm,
    NotANumber,
}

/// <summary>A fault and the word or operator it is about.</summary>
internal readonly record struct ExpressionError(ExpressionFault Fault, string Subject)
{
    /// <summary>The sentence shown, with references for what HTML would misread.</summary>
    public string In(string language)
    {
        var subject = Escape(Subject);
        return NumberText.IsGerman(language) ? German(subject) : English(subject);
    }

    private string English(string subject) => Fault switch
    {
        ExpressionFault.StackExhausted => "Expression error: Stack exhausted.",
        ExpressionFault.UnexpectedNumber => "Expression error: Unexpected number.",
        ExpressionFault.UnrecognisedWord => $"Expression error: Unrecognized word &quot;{subject}&quot;.",
        ExpressionFault.UnrecognisedPunctuation => $"Expression error: Unrecognized punctuation character &quot;{subject}&quot;.",
        ExpressionFault.UnexpectedOperator => $"Expression error: Unexpected {subject} operator.",
        ExpressionFault.MissingOperand => $"Expression error: Missing operand for {subject}.",
        ExpressionFault.UnexpectedClosingBracket => "Expression error: Unexpected closing bracket.",
        ExpressionFault.UnclosedBracket => "Expression error: Unclosed bracket.",
        ExpressionFault.DivisionByZero => "Division by zero.",
        ExpressionFault.InvalidArgument => $"Invalid argument for {subject}: &lt; -1 or &gt; 1.",
        ExpressionFault.InvalidLogarithm => "Invalid argument for ln: &lt;= 0.",
        _ => $"In {subject}: Result is not a number.",
    };

    private string German(string subject) => Fault switch
    {
        ExpressionFault.StackExhausted => "Fehler im Ausdruck: Er ist zu tief geschachtelt.",
        ExpressionFault.UnexpectedNumber => "Fehler im Ausdruck: Hier steht eine Zahl zu viel.",
        ExpressionFault.UnrecognisedWord => $"Fehler im Ausdruck: Unbekanntes Wort „{subject}“.",
        ExpressionFault.UnrecognisedPunctuation => $"Fehler im Ausdruck: Unbekanntes Zeichen „{subject}“.",
        ExpressionFault.UnexpectedOperator => $"Fehler im Ausdruck: Das Rechenzeichen {subject} steht an falscher Stelle.",
        ExpressionFault.MissingOperand => $"Fehler im Ausdruck: Bei {subject} fehlt ein Wert.",
        ExpressionFault.UnexpectedClosingBracket => "Fehler im Ausdruck: Eine schließende Klammer zu viel.",
        ExpressionFault.UnclosedBracket => "Fehler im Ausdruck: Eine Klammer ist nicht geschlossen.",
        ExpressionFault.DivisionByZero => "Division durch null.",
        ExpressionFault.InvalidArgument => $"Ungültiger Wert für {subject}: &lt; -1 oder &gt; 1.",
        ExpressionFault.InvalidLogarithm => "Ungültiger Wert für ln: &lt;= 0.",
        _ => $"{subject}: Das Ergebnis ist keine Zahl.",
    };

    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
