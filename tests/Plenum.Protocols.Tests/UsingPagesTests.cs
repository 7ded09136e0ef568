using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Plenum.Testing;

namespace Plenum.Protocols.Tests;

public sealed class UsingPagesTests
{
    [Theory]
    [InlineData("imap.md")]
    [InlineData("mail-reading.md")]
    [InlineData("sasl.md")]
    [InlineData("sieve.md")]
    [InlineData("voting.md")]
    [InlineData("wikitext.md")]
    [InlineData("xmpp-stream.md")]
    public void The_code_of_a_page_compiles(string page)
    {
        var text = File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "docs", "using", page));
        var start = text.IndexOf("```csharp", StringComparison.Ordinal) + "```csharp".Length;
        var code = text[start..text.IndexOf("```", start, StringComparison.Ordinal)];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create("page", [CSharpSyntaxTree.ParseText("using System;\nusing System.Collections.Generic;\n" + code, cancellationToken: TestContext.Current.CancellationToken)], references);
        Assert.Empty(compilation.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity is DiagnosticSeverity.Error));
    }
}
