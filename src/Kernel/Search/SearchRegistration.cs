using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Outbox;

namespace Plenum.Kernel.Search;

public static class SearchRegistration
{
    extension(ModuleBuilder module)
    {
        public ModuleBuilder AddSearch()
        {
            module.Add(new DerivedTable("kernel_search")); // And kernel_search_text, _terms: built anew from the sources.
            module.Services.AddSingleton<SearchIndex>();
            module.Services.AddScoped<Search>();
            module.Services.AddScoped<SearchRebuild>();
            module.AddEventHandler<UnitPathChanged, MoveSearchPaths>("search.units");
            return module;
        }

        /// <summary>Names where the index finds everything of a module when it is built anew.</summary>
        public ModuleBuilder AddSearchSource<TSource>()
            where TSource : class, ISearchSource
        {
            module.Services.AddScoped<ISearchSource, TSource>();
            return module;
        }
    }
}
