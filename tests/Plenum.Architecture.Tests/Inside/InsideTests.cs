using System.Reflection;
using System.Runtime.CompilerServices;

namespace Plenum.Architecture.Tests.Inside;

public sealed class InsideTests
{
    [Fact]
    public void Every_project_of_the_tree_is_looked_at()
    {
        var root = Plenum.Testing.SharedData.RepositoryRoot;
        // A protocol library no module uses yet is not beside these tests; it is held by the table of references.
        var expected = Directory.GetFiles(Path.Combine(root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(f => !f.Contains("Protocols", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)).Select(n => n == "Plenum" ? "plenum" : n);
        Assert.Empty(expected.Except(Rule.Assemblies().Select(a => a.GetName().Name)));
    }

    [Fact]
    public void Domain_knows_no_database_no_web_no_grain() => Assert.Empty(Rule.Violations(Rule.DomainIsPure(Rule.Product)));

    [Fact]
    public void And_an_entity_with_a_database_is_caught() => Assert.NotEmpty(Rule.Violations(Rule.DomainIsPure(Rule.Offenders)));

    [Fact]
    public void Protocols_know_no_framework() => Assert.Empty(Rule.Violations(Rule.ProtocolsArePure(Rule.Product)));

    [Fact]
    public void And_a_protocol_with_a_log_is_caught() => Assert.NotEmpty(Rule.Violations(Rule.ProtocolsArePure(Rule.Offenders)));

    [Fact]
    public void Adapters_never_call_each_other() => Assert.Empty(Rule.AdaptersAreApart(Rule.Product).SelectMany(Rule.Violations));

    [Fact]
    public void And_a_page_that_calls_a_job_is_caught() => Assert.NotEmpty(Rule.AdaptersAreApart(Rule.Offenders).SelectMany(Rule.Violations));

    [Fact]
    public void Data_knows_no_door() => Assert.Empty(Rule.Violations(Rule.DataKnowsNoDoor(Rule.Product)));

    [Fact]
    public void And_data_that_renders_is_caught() => Assert.NotEmpty(Rule.Violations(Rule.DataKnowsNoDoor(Rule.Offenders)));

    [Fact]
    public void Contracts_are_values_and_narrow_interfaces() => Assert.Empty(ContractFaults(typeof(Plenum.Contracts.ITypedId<>).Assembly.GetExportedTypes()));

    [Fact]
    public void And_a_contract_with_a_service_is_caught() => Assert.NotEmpty(ContractFaults([typeof(Offenders.ContractWithState)]));

    [Fact]
    public void Classes_are_sealed_unless_someone_inherits() => Assert.Empty(OpenClasses(Rule.Assemblies()));

    [Fact]
    public void And_an_open_class_is_caught() => Assert.NotEmpty(OpenClasses([typeof(Offenders.OpenForNobody).Assembly]));

    private static IEnumerable<string> ContractFaults(IEnumerable<Type> types)
        => types.Where(t => !t.IsInterface && !t.IsEnum && !IsRecord(t) && !t.IsValueType && !(t.IsAbstract && t.IsSealed) && !typeof(Exception).IsAssignableFrom(t))
            .Select(t => $"{t} is neither interface, enum, record nor constants.");

    private static IEnumerable<string> OpenClasses(IEnumerable<Assembly> assemblies)
    {
        var types = assemblies.SelectMany(a => a.GetTypes()).ToList();
        var inherited = types.Select(t => t.BaseType).OfType<Type>().Select(b => b.IsGenericType ? b.GetGenericTypeDefinition() : b).ToHashSet();
        return types.Where(t => t.IsClass && !t.IsAbstract && !t.IsSealed && !inherited.Contains(t) && !IsGenerated(t)
                && !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(t) && !typeof(Exception).IsAssignableFrom(t))
            .Select(t => $"{t} is open, and nobody inherits from it.");
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsGenerated(Type type)
        => type.Name is "_Imports" or "Program" || type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) || type.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
            || type.Name.Contains('<', StringComparison.Ordinal) || type.FullName!.StartsWith("OrleansCodeGen", StringComparison.Ordinal)
            || (type.DeclaringType is { } outer && IsGenerated(outer));
}
