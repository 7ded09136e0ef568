using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Modules;

/// <summary>What a module registers itself with. Other parts of the kernel add their own verbs as extensions beside their types.</summary>
public sealed class ModuleBuilder(IServiceCollection services, IConfiguration configuration)
{
    private readonly OptionsCatalog _options = services.Single<OptionsCatalog>();

    public IServiceCollection Services { get; } = services;

    public IConfiguration Configuration { get; } = configuration;

    /// <summary>Binds a section of plenum.json. A wrong value stops the start and names its key.</summary>
    /// <param name="section">Section name, e.g. "Mail".</param>
    public ModuleBuilder AddOptions<TOptions>(string section)
        where TOptions : class
    {
        _options.Add(section, typeof(TOptions));
        Services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, all) => all.GetSection(section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true))
            .ValidateOnStart();
        Services.AddSingleton<IValidateOptions<TOptions>>(new AnnotatedOptions<TOptions>(section));
        return this;
    }

    public ModuleBuilder AddModel<TContributor>()
        where TContributor : class, IModelContributor
    {
        Services.AddSingleton<IModelContributor, TContributor>();
        return this;
    }

    /// <summary>Adds a value that other rooms collect (a menu item, a permission, a search source …).</summary>
    public ModuleBuilder Add<TRegistered>(TRegistered value)
        where TRegistered : class
    {
        Services.AddSingleton(value);
        return this;
    }
}
