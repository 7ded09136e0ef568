namespace Plenum.Wikitext.Functions;

/// <summary>The calculations of #expr, with PHP's rules for integers and rounding.</summary>
internal static class Arithmetic
{
    /// <summary>Digits to which a value is rounded before it is rounded on purpose: 1.005 * 100 counts as 100.5.</summary>
    private const int SafeDigits = 15;

    public static bool TryCalculate(Operator o, ExpressionValue left, ExpressionValue right, out ExpressionValue result, out ExpressionFault fault)
    {
        fault = Check(o, right);
        result = fault is ExpressionFault.None ? Calculate(o, left, right) : default;
        if (o is Operator.SquareRoot && double.IsNaN(result.Number))
        {
            fault = ExpressionFault.NotANumber;
        }

        return fault is ExpressionFault.None;
    }

    /// <summary>What makes a calculation impossible.</summary>
    private static ExpressionFault Check(Operator o, ExpressionValue right) => o switch
    {
        Operator.Divide or Operator.FloatModulo when !right.IsTrue => ExpressionFault.DivisionByZero,
        Operator.Modulo when right.Whole == 0 => ExpressionFault.DivisionByZero,
        Operator.ArcSine or Operator.ArcCosine when right.Number is < -1 or > 1 => ExpressionFault.InvalidArgument,
        Operator.Logarithm when right.Number <= 0 => ExpressionFault.InvalidLogarithm,
        _ => ExpressionFault.None,
    };

    private static ExpressionValue Calculate(Operator o, ExpressionValue left, ExpressionValue right) => o switch
    {
        Operator.Negative => right is { IsWhole: true, Whole: > long.MinValue } ? ExpressionValue.Integer(-right.Whole) : -right.Number,
        Operator.Positive => right,
        Operator.Plus => Add(left, right, 1),
        Operator.Minus => Add(left, right, -1),
        Operator.Times => Multiply(left, right),
        Operator.Divide => Divide(left, right),
        Operator.Modulo => ExpressionValue.Integer(right.Whole == -1 ? 0 : left.Whole % right.Whole),
        Operator.FloatModulo => left.Number % right.Number,
        Operator.Power => Math.Pow(left.Number, right.Number),
        Operator.Exponent => left.Number * Math.Pow(10, right.Number),
        Operator.Round => Round(left.Number, right.Whole),
        Operator.And => ExpressionValue.Truth(left.IsTrue && right.IsTrue),
        Operator.Or => ExpressionValue.Truth(left.IsTrue || right.IsTrue),
        Operator.Not => ExpressionValue.Truth(!right.IsTrue),
        Operator.Equal => ExpressionValue.Truth(left.Number == right.Number),
        Operator.NotEqual => ExpressionValue.Truth(left.Number != right.Number),
        Operator.Less => ExpressionValue.Truth(left.Number < right.Number),
        Operator.Greater => ExpressionValue.Truth(left.Number > right.Number),
        Operator.LessOrEqual => ExpressionValue.Truth(left.Number <= right.Number),
        Operator.GreaterOrEqual => ExpressionValue.Truth(left.Number >= right.Number),
        Operator.Absolute => right is { IsWhole: true, Whole: > long.MinValue } ? ExpressionValue.Integer(Math.Abs(right.Whole)) : Math.Abs(right.Number),
        Operator.Truncate => ExpressionValue.Integer(right.Whole),
        Operator.Floor => Math.Floor(right.Number),
        Operator.Ceiling => Math.Ceiling(right.Number),
        Operator.SquareRoot => Math.Sqrt(right.Number),
        Operator.Sine => Math.Sin(right.Number),
        Operator.Cosine => Math.Cos(right.Number),
        Operator.Tangent => Math.Tan(right.Number),
        Operator.ArcSine => Math.Asin(right.Number),
        Operator.ArcCosine => Math.Acos(right.Number),
        Operator.ArcTangent => Math.Atan(right.Number),
        Operator.Exponential => Math.Exp(right.Number),
        _ => Math.Log(right.Number),
    };

    private static ExpressionValue Add(ExpressionValue left, ExpressionValue right, int sign)
    {
        if (left.IsWhole && right.IsWhole)
        {
            var sum = (Int128)left.Whole + (sign * (Int128)right.Whole);
            return FromLong(sum, left.Number + (sign * right.Number));
        }

        return left.Number + (sign * right.Number);
    }

    private static ExpressionValue Multiply(ExpressionValue left, ExpressionValue right)
        => left.IsWhole && right.IsWhole ? FromLong((Int128)left.Whole * right.Whole, left.Number * right.Number) : left.Number * right.Number;

    private static ExpressionValue Divide(ExpressionValue left, ExpressionValue right)
        => left.IsWhole && right.IsWhole && right.Whole != -1 && left.Whole % right.Whole == 0
            ? ExpressionValue.Integer(left.Whole / right.Whole)
            : left.Number / right.Number;

    private static ExpressionValue FromLong(Int128 exact, double rounded)
        => exact >= long.MinValue && exact <= long.MaxValue ? ExpressionValue.Integer((long)exact) : rounded;

    /// <summary>Half away from zero; negative places round to tens, hundreds ...</summary>
    private static double Round(double value, long places)
    {
        if (!double.IsFinite(value) || value == 0)
        {
            return value;
        }

        var digits = (int)Math.Clamp(places, -400, 400);
        var factor = Math.Pow(10, Math.Abs(digits));
        var certain = SafeDigits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        double scaled;
        if (certain > digits && certain - SafeDigits < digits)
        {
            // Round to what the value holds for sure, then to what is asked for.
            var held = certain >= 0 ? HalfUp(value * Math.Pow(10, certain)) : HalfUp(value / Math.Pow(10, -certain));
            scaled = held / Math.Pow(10, certain - digits);
        }
        else
        {
            scaled = digits >= 0 ? value * factor : value / factor;
            if (Math.Abs(scaled) >= 1e15)
            {
                return value;
            }
        }

        var rounded = HalfUp(scaled);
        return rounded == 0 ? rounded : digits > 0 ? rounded / factor : rounded * factor;
    }

    private static double HalfUp(double value) => value >= 0 ? Math.Floor(value + 0.5) : Math.Ceiling(value - 0.5);
}
