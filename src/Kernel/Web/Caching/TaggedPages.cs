using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Outbox;

namespace Plenum.Kernel.Web.Caching;

/// <summary>Adds tags to pages of the output cache: a page is made anew when one of its tags changes. Used beside a policy that says which pages are kept at all.</summary>
/// <param name="tagsOf">The tags of a request, by its route: known before the page is made.</param>
public sealed class TaggedPages(Func<HttpContext, IEnumerable<string>> tagsOf) : IOutputCachePolicy
{
    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var tags = tagsOf(context.HttpContext).ToList();
        context.Tags.UnionWith(tags);
        context.CacheVaryByRules.VaryByValues["tags"] = context.HttpContext.RequestServices.GetRequiredService<CacheTags>().VersionsOf(tags);
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;
}

public static class CacheTagsRegistration
{
    public static ModuleBuilder AddCacheTags(this ModuleBuilder module)
    {
        ArgumentNullException.ThrowIfNull(module);
        module.AddModel<CacheTagsModel>().AddEvent<CacheTagsChanged>("kernel.cache-tags-changed");
        module.AddEventHandler<CacheTagsChanged, CountCacheTags>("kernel.cache-tags").AddJob<ForgetCacheTags>("kernel.forget-cache-tags", "50 4 * * *");
        module.Services.AddSingleton<CacheTags>();
        module.Services.AddHostedService(provider => provider.GetRequiredService<CacheTags>());
        return module;
    }
}
