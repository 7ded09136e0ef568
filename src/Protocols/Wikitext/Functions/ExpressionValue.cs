using System.Globalization;

namespace Plenum.Wikitext.Functions;

/// <summary>A number in an expression. Comparisons, mod and trunc give integers, which are written with all their digits.</summary>
internal readonly record struct ExpressionValue
{
    private readonly long _whole;
    private readonly double _number;

    private ExpressionValue(long whole, double number, bool isWhole) => (_whole, _number, IsWhole) = (whole, number, isWhole);

    public bool IsWhole { get; }

    public double Number => IsWhole ? _whole : _number;

    public long Whole => IsWhole ? _whole : PhpValue.ToInteger(_number);

    public bool IsTrue => IsWhole ? _whole != 0 : _number != 0;

    public static implicit operator ExpressionValue(double number) => new(0, number, false);

    public static ExpressionValue Integer(long whole) => new(whole, 0, true);

    public static ExpressionValue Truth(bool isTrue) => Integer(isTrue ? 1 : 0);

    public override string ToString() => IsWhole ? _whole.ToString(CultureInfo.InvariantCulture) : PhpValue.Write(_number);
}
