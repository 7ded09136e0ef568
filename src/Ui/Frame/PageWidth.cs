namespace Plenum.Ui;

public enum PageWidth
{
    /// <summary>60 to 75 characters.</summary>
    Reading,

    /// <summary>Lists and tables, up to 1,200 px.</summary>
    Wide,

    /// <summary>Sign-in and other single forms.</summary>
    Narrow,
}
