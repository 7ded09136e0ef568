namespace Plenum.Kernel.Web;

/// <summary>The cookie that says whose session it is. Who sends it may be somebody; who does not is a guest.</summary>
public static class SessionCookie
{
    public const string Name = "plenum-session";
}
