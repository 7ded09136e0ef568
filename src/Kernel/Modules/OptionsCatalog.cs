using Microsoft.Extensions.DependencyInjection;

namespace Plenum.Kernel.Modules;

/// <summary>Every section of plenum.json with its type, for the annotated sample and the check for unknown keys.</summary>
public sealed class OptionsCatalog
{
    private readonly SortedDictionary<string, Type> _sections = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Type> Sections => _sections;

    internal void Add(string section, Type options) => _sections.Add(section, options);
}

internal static class SingleService
{
    extension(IServiceCollection services)
    {
        /// <summary>The instance already registered, or a new one registered now: for collections that fill while services are added.</summary>
        public T Single<T>()
            where T : class, new()
        {
            if (services.LastOrDefault(s => s.ServiceType == typeof(T))?.ImplementationInstance is T known)
            {
                return known;
            }

            var added = new T();
            services.AddSingleton(added);
            return added;
        }
    }
}
