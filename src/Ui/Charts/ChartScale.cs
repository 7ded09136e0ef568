namespace Plenum.Ui;

/// <summary>A value axis from a round number to a round number that holds all values and zero.</summary>
public sealed record ChartScale(double Low, double High, double Step)
{
    private const int Steps = 4;

    public static ChartScale Of(IEnumerable<double?> values)
    {
        var known = values.OfType<double>().Where(double.IsFinite).Append(0).ToList();
        var (least, most) = (known.Min(), known.Max());
        if (most - least < double.Epsilon)
        {
            most = least + 1;
        }

        var raw = (most - least) / Steps;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 } * power;
        return new(Math.Floor(least / step) * step, Math.Ceiling(most / step) * step, step);
    }

    /// <summary>From the lowest up.</summary>
    public IEnumerable<double> Marks()
    {
        for (var i = 0; Low + (i * Step) <= High + (Step / 2); i++)
        {
            yield return Low + (i * Step);
        }
    }

    /// <summary>0 at the low end, 100 at the high end.</summary>
    public double Percent(double value) => Math.Clamp((value - Low) / (High - Low) * 100, 0, 100);
}
