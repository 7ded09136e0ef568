using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Plenum.Architecture.Tests.Inside;

/// <summary>Rules about what may depend on what inside a project, each for one root namespace pattern so that the offenders can be judged alone.</summary>
internal static class Rule
{
    /// <summary>All of Plenum, found by scanning, and the offenders of this assembly.</summary>
    public static ArchUnitNET.Domain.Architecture House { get; } = new ArchLoader()
        .LoadAssemblies([.. Assemblies(), typeof(Rule).Assembly])
        .Build();

    /// <summary>Namespaces of the product: everything but the offenders and these tests.</summary>
    public const string Product = @"^Plenum\.(?!Offenders|Architecture)";

    public const string Offenders = @"^Plenum\.Offenders\.";

    private const string Frameworks = @"^(Microsoft\.(EntityFrameworkCore|AspNetCore|Data)|FluentMigrator|Orleans|Npgsql)";
    private const string Adapters = "Web|Jobs|Live|Smtp|Imap|Xmpp|Api";

    /// <summary>The names of the assemblies a rule must have seen, or it slept.</summary>
    public static IEnumerable<System.Reflection.Assembly> Assemblies()
        => Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(f => Path.GetFileName(f) is var name
                && (name.StartsWith("Plenum.", StringComparison.Ordinal) || name == "plenum.dll") && !name.Contains("Tests", StringComparison.Ordinal) && name != "Plenum.Testing.dll")
            .Select(System.Reflection.Assembly.LoadFrom);

    /// <summary>Entities and rules know no database, no web, no grain, and nothing of their module but themselves.</summary>
    public static IArchRule DomainIsPure(string root) => Types().That().ResideInNamespaceMatching($@"{root}.*\.Domain(\.|$)")
        .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(Frameworks)
        .AndShould().NotDependOnAnyTypesThat().ResideInNamespaceMatching($@"^Plenum\.(?!Kernel\.).*\.(Data|{Adapters})(\.|$)");

    /// <summary>Libraries of protocols know no framework and no log.</summary>
    public static IArchRule ProtocolsArePure(string root) => Types().That().ResideInNamespaceMatching($@"{root}(Protocols|Wikitext|Voting)(\.|$)")
        .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching(Frameworks)
        .AndShould().NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^Microsoft\.Extensions\.Logging")
        .AndShould().NotDependOnAnyTypesThat().ResideInNamespaceMatching(@"^Plenum\.(Kernel|Contracts|Ui)(\.|$)");

    /// <summary>Doors to the outside never call each other; what they share is a use case.</summary>
    public static IEnumerable<IArchRule> AdaptersAreApart(string root)
        => from one in Adapters.Split('|')
           from other in Adapters.Split('|')
           where one != other
           select (IArchRule)Types().That().ResideInNamespaceMatching($@"{root}(?!Kernel|Protocols|Ui).*\.{one}(\.|$)")
               .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching($@"{root}(?!Kernel|Protocols|Ui|Contracts).*\.{other}(\.|$)")
               .WithoutRequiringPositiveResults();

    /// <summary>Data maps what Domain says; it calls no use case and no door.</summary>
    public static IArchRule DataKnowsNoDoor(string root) => Types().That().ResideInNamespaceMatching($@"{root}(?!Kernel|Ui|Protocols).*\.Data(\.|$)")
        .Should().NotDependOnAnyTypesThat().ResideInNamespaceMatching($@"{root}(?!Kernel|Ui|Protocols).*\.({Adapters})(\.|$)");

    public static IEnumerable<string> Violations(IArchRule rule)
        => rule.Evaluate(House).Where(r => !r.Passed).Select(r => r.Description);
}
