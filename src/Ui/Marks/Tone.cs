namespace Plenum.Ui;

/// <summary>What a mark or notice says by its colour; always said in words or by an icon as well.</summary>
public enum Tone
{
    Plain,
    Brand,
    Good,
    Warn,
    Bad,
}

internal static class ToneClasses
{
    public static string Class(this Tone tone) => tone switch
    {
        Tone.Brand => "brand",
        Tone.Good => "good",
        Tone.Warn => "warn",
        Tone.Bad => "bad",
        _ => "",
    };

    public static string Icon(this Tone tone) => tone switch
    {
        Tone.Good => "check",
        Tone.Warn => "warning",
        Tone.Bad => "stop",
        _ => "info",
    };
}
