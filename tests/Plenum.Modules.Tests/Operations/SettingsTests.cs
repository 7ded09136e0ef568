using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Plenum.Kernel;
using Plenum.Kernel.Data;
using Plenum.Kernel.Modules;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Operations;

public sealed class SettingsTests
{
    public static TheoryData<string, string> Wrong => new()
    {
        { "Database:Provider", "Oracle" },
        { "Database:BusyTimeoutMilliseconds", "-1" },
        { "Database:BusyTimeoutMilliseconds", "soon" },
        { "Ports:Base", "-5" },
        { "Ports:Base", "60000" },
        { "Ports:Bind", "everywhere" },
        { "Ports:Listen:http", "70000" },
        { "Ports:Listen:htpp", "80" },
        { "Ports:Listen:internal", "8080" }, // Taken by http.
        { "Ports:ConnectionsPerAddress", "0" },
        { "Tls:CertificateFile", "/no/such/file.pem" },
        { "House:PublicUrl", "ftp://example.org" },
        { "House:PublicUrl", "https://example.org/path" },
        { "House:TrustedProxies:0", "10.0.0.0/99" },
        { "Blobs:Store", "Tape" },
        { "Blobs:SweepGrace", "00:00:01" },
        { "Limits:FailuresPerAccount", "1" },
        { "SignOn:MinPasswordLength", "3" },
        { "SignOn:LinkLifetime", "yesterday" },
        { "SignOn:BreachedPasswordsFile", "/no/such/file" },
        { "Operations:ShutdownTimeout", "1.00:00:00" },
        { "Operations:KeepMigrationBackups", "0" },
        { "Operations:DnsServer", "nine.nine" },
        { "Operations:OtlpEndpoint", "collector" },
        { "Api:RequestsPerMinute", "0" },
        { "Operations:Colour", "blue" },
        { "Colours:Sky", "blue" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task A_wrong_value_stops_the_start_and_names_its_key(string key, string value)
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var kernel = TestKernel.On(database, OperationsKernel.SetupOf(new() { Settings = new Dictionary<string, string?> { [key] = value } }));
        var stopped = Assert.Throws<StartupException>(kernel.Get<SettingsCheck>().Demand);
        foreach (var part in key.Split(':').Where(p => p is not "0" and not "internal"))
        {
            Assert.Contains(part, stopped.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_defaults_start()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var kernel = TestKernel.On(database, OperationsKernel.SetupOf());
        kernel.Get<SettingsCheck>().Demand();
    }

    [Fact]
    public async Task The_sample_of_the_real_program_means_the_defaults_and_every_line_of_it_is_right()
    {
        var (code, sample, errors) = await PlenumProcess.RunAsync("sample-configuration");
        Assert.True(code == 0, errors);
        var lenient = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        using (var asItIs = JsonDocument.Parse(sample, lenient))
        {
            Assert.Contains("Operations", asItIs.RootElement.EnumerateObject().Select(s => s.Name));
            Assert.All(asItIs.RootElement.EnumerateObject(), section => Assert.Empty(section.Value.EnumerateObject()));
        }

        // With the slashes taken away each setting has its default, so the program accepts the whole file.
        var spelledOut = Regex.Replace(sample, "^(\\s+)// (\".*)$", "$1$2", RegexOptions.Multiline);
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await File.WriteAllTextAsync(Path.Combine(database.Folder, "plenum.json"), spelledOut, TestContext.Current.CancellationToken);
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(database.Folder, "plenum.json")).Build();
        Assert.Equal("00:00:30", configuration["Operations:ShutdownTimeout"]);
        var (_, report, _) = await PlenumProcess.RunAsync("doctor", "--data", database.Folder, "--Ports:Base=1");
        Assert.Contains("Every setting is understood", report, StringComparison.Ordinal);
        Assert.Matches("(?m)^    // Longest|Largest|How long", sample); // Doc comments are in it.
    }
}
