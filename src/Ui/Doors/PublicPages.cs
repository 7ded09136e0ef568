using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Snapshots;
using Plenum.Kernel.Web;

namespace Plenum.Ui;

/// <summary>A stamp of the kernel that public pages depend on, beside units and accounts: when it changes, they are rendered anew.</summary>
/// <param name="Name">Name of the stamp, e.g. "discussions"; the module's migration inserted it, a <see cref="StampedEntity"/> renews it.</param>
public sealed record PublicPageStamp(string Name);

/// <summary>
/// The output cache of pages everyone sees alike: <c>@attribute [OutputCache(PolicyName = PublicPages.Policy)]</c>. A page is kept per
/// address and language, for guests alone, as long as no stamp it depends on changes, and for a minute at most. As stamps reach every
/// node within a second, nothing has to be evicted. A cached page holds no form that posts and sets no cookie.
/// </summary>
public static class PublicPages
{
    public const string Policy = "public";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1); // "3 minutes ago" may be a minute off.

    internal static void AddPublicPages(this ModuleBuilder module)
        => module.Services.AddOptions<OutputCacheOptions>().Configure<StampWatch, IEnumerable<PublicPageStamp>, IOptions<UiOptions>>((cache, watch, registered, settings) =>
        {
            string[] stamps = [Stamp.Organisation, Stamp.Accounts, Stamp.Permissions, .. registered.Select(s => s.Name).Distinct(StringComparer.Ordinal)];
            cache.UseCaseSensitivePaths = true;
            cache.AddPolicy(Policy, page => page.VaryByReader(settings.Value).Expire(Lifetime)
                .VaryByValue(_ => KeyValuePair.Create("stamps", string.Concat(stamps.Select(s => watch.Current(s).ToString("N"))))));
        });

    /// <summary>Keeps languages and compressions apart; only pages of guests may be cached at all. Asked before anyone is signed in.</summary>
    private static OutputCachePolicyBuilder VaryByReader(this OutputCachePolicyBuilder policy, UiOptions settings)
        => policy
            .With(context => !context.HttpContext.Request.Cookies.ContainsKey(SessionCookie.Name))
            .SetVaryByQuery("*")
            .SetVaryByHeader("Accept-Encoding")
            .VaryByValue(http => KeyValuePair.Create("language", ReaderChoice.LanguageOf(http.Request, null, settings.Language).Name));
}
