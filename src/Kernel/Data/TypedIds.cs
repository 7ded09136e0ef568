using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Plenum.Contracts;

namespace Plenum.Kernel.Data;

/// <summary>Stores every typed id as its UUID.</summary>
internal sealed class TypedIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => From(value))
    where TId : struct, ITypedId<TId>
{
    private static TId From(Guid value) => TId.From(value); // An expression tree cannot hold the call itself.
}

internal static class TypedIds
{
    /// <summary>Teaches the model every typed id of the given assemblies.</summary>
    public static void Register(ModelConfigurationBuilder model, IEnumerable<Assembly> assemblies)
    {
        foreach (var id in assemblies.Distinct().SelectMany(a => a.GetTypes()).Where(IsTypedId))
        {
            model.Properties(id).HaveConversion(typeof(TypedIdConverter<>).MakeGenericType(id));
        }
    }

    private static bool IsTypedId(Type type)
        => type.IsValueType && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>));
}
