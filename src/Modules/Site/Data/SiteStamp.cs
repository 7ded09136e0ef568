namespace Plenum.Site.Data;

/// <summary>Changes whenever a legal text or the visibility of a profile does.</summary>
internal static class SiteStamp
{
    public const string Name = "site";
}
