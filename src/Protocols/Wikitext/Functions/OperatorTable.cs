using System.Collections.Frozen;

namespace Plenum.Wikitext.Functions;

internal enum Operator
{
    Open,
    Pi,
    Negative,
    Positive,
    Exponent,
    Sine,
    Cosine,
    Tangent,
    ArcSine,
    ArcCosine,
    ArcTangent,
    Exponential,
    Logarithm,
    Absolute,
    Floor,
    Truncate,
    Ceiling,
    Not,
    SquareRoot,
    Power,
    Times,
    Divide,
    Modulo,
    FloatModulo,
    Plus,
    Minus,
    Round,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessOrEqual,
    GreaterOrEqual,
    And,
    Or,
}

/// <summary>Names and ranks of operators.</summary>
internal static class OperatorTable
{
    private static readonly FrozenDictionary<string, Operator> s_words = new Dictionary<string, Operator>
    {
        ["mod"] = Operator.Modulo,
        ["fmod"] = Operator.FloatModulo,
        ["and"] = Operator.And,
        ["or"] = Operator.Or,
        ["not"] = Operator.Not,
        ["round"] = Operator.Round,
        ["div"] = Operator.Divide,
        ["e"] = Operator.Exponent,
        ["sin"] = Operator.Sine,
        ["cos"] = Operator.Cosine,
        ["tan"] = Operator.Tangent,
        ["asin"] = Operator.ArcSine,
        ["acos"] = Operator.ArcCosine,
        ["atan"] = Operator.ArcTangent,
        ["exp"] = Operator.Exponential,
        ["ln"] = Operator.Logarithm,
        ["abs"] = Operator.Absolute,
        ["trunc"] = Operator.Truncate,
        ["floor"] = Operator.Floor,
        ["ceil"] = Operator.Ceiling,
        ["pi"] = Operator.Pi,
        ["sqrt"] = Operator.SquareRoot,
    }.ToFrozenDictionary();

    public static bool TryFindWord(string word, out Operator found) => s_words.TryGetValue(word, out found);

    /// <summary>Binary operators written with signs.</summary>
    public static bool TryFindSign(ReadOnlySpan<char> sign, out Operator found)
    {
        found = sign switch
        {
            "+" => Operator.Plus,
            "-" => Operator.Minus,
            "*" => Operator.Times,
            "/" => Operator.Divide,
            "^" => Operator.Power,
            "=" => Operator.Equal,
            "<" => Operator.Less,
            ">" => Operator.Greater,
            "<=" => Operator.LessOrEqual,
            ">=" => Operator.GreaterOrEqual,
            "<>" or "!=" => Operator.NotEqual,
            _ => Operator.Open,
        };
        return found is not Operator.Open;
    }

    public static bool IsUnary(Operator o) => o is Operator.Negative or Operator.Positive or (>= Operator.Sine and <= Operator.SquareRoot);

    /// <summary>The higher binds the tighter.</summary>
    public static int Rank(Operator o) => o switch
    {
        Operator.Open => -1,
        Operator.Pi => 0,
        Operator.Negative or Operator.Positive or Operator.Exponent => 10,
        <= Operator.SquareRoot => 9,
        Operator.Power => 8,
        <= Operator.FloatModulo => 7,
        Operator.Plus or Operator.Minus => 6,
        Operator.Round => 5,
        Operator.And => 3,
        Operator.Or => 2,
        _ => 4,
    };

    /// <summary>As error sentences name it.</summary>
    public static string Name(Operator o) => o switch
    {
        Operator.Negative or Operator.Minus => "-",
        Operator.Positive or Operator.Plus => "+",
        Operator.Times => "*",
        Operator.Divide => "/",
        Operator.Power => "^",
        Operator.Equal => "=",
        Operator.NotEqual => "<>",
        Operator.Less => "<",
        Operator.Greater => ">",
        Operator.LessOrEqual => "<=",
        Operator.GreaterOrEqual => ">=",
        _ => s_words.First(w => w.Value == o).Key,
    };
}
