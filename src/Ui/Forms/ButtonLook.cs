namespace Plenum.Ui;

public enum ButtonLook
{
    Plain,

    /// <summary>The main action of the page: once.</summary>
    Main,
    Quiet,

    /// <summary>What cannot be undone.</summary>
    Danger,
}
