using System.Reflection;
using Plenum.Kernel.Data;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Plenum.Testing;

/// <summary>Runs a <c>[Theory]</c> with one parameter of type <see cref="DatabaseProvider"/> on SQLite and on PostgreSQL.</summary>
public sealed class OnBothDatabasesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
        => new([new TheoryDataRow(DatabaseProvider.SQLite), new TheoryDataRow(DatabaseProvider.PostgreSQL)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}
