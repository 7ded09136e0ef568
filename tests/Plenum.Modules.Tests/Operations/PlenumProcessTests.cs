using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Operations;

/// <summary>The real executable, as an operator meets it.</summary>
public sealed partial class PlenumProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_stranger_sets_it_up_with_the_link_of_the_console(DatabaseProvider provider)
    {
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        string link;
        await using (var first = await PlenumProcess.ServeAsync(database))
        {
            await first.SaysAsync("/setup/");
            link = Link().Match(first.Output).Value;
            using var browser = new Browsing(first.Web);
            await browser.GoAsync("/setup/0123456789");
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);

            await browser.GoAsync(link);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            await browser.SubmitAsync("set-up", Filled("kurz"));
            Assert.Contains("role=\"alert\"", browser.Page, StringComparison.Ordinal);
            Assert.Contains("value=\"Verein S\u00FCd\"", browser.Page, StringComparison.Ordinal); // The input is kept.
        }

        await using (var second = await PlenumProcess.ServeAsync(database))
        {
            await second.SaysAsync("/setup/");
            var renewed = Link().Match(second.Output).Value;
            Assert.NotEqual(link, renewed);
            using var browser = new Browsing(second.Web);
            await browser.GoAsync(link);
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);
            await browser.GoAsync(renewed);
            await browser.SubmitAsync("set-up", Filled("karton-wolke-ampel"));
            Assert.StartsWith("/admin", browser.Address, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, browser.Status);
            await browser.GoAsync(renewed);
            Assert.Equal(HttpStatusCode.NotFound, browser.Status);

            using var again = new Browsing(second.Web);
            await again.SignInAsync("ada", "karton-wolke-ampel");
            await again.GoAsync("/admin/health");
            Assert.Equal(HttpStatusCode.OK, again.Status);
        }

        await using var third = await PlenumProcess.ServeAsync(database);
        Assert.DoesNotContain("/setup/", third.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_on_the_same_folder_is_refused()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var first = await PlenumProcess.ServeAsync(database);
        var (code, _, errors) = await PlenumProcess.RunAsync("serve", "--data", database.Folder, "--port-base", "40123");
        Assert.Equal(1, code);
        Assert.Contains("in use by another Plenum process", errors, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(first));
    }

    [Fact]
    public async Task What_an_operator_can_mend_is_one_sentence_and_no_stack_trace()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await File.WriteAllTextAsync(Path.Combine(database.Folder, "plenum.json"), "{ \"House\": ", Cancellation);
        foreach (var (arguments, says) in new (string[] Arguments, string Says)[]
        {
            (["serve", "--data", "/proc/plenum"], "cannot be written"),
            (["serve", "--data", database.Folder], "is not valid JSON"),
            (["serve", "--data", Path.Combine(database.Folder, "a"), "--Ports:Base=none"], "Ports:Base"),
            (["serve", "--data", Path.Combine(database.Folder, "b"), "--Database:Provider=PostgreSQL", "--Database:ConnectionString=Host=127.0.0.1;Port=1;Username=x"], "PostgreSQL cannot be reached"),
            (["backup", "x.tar", "--data", Path.Combine(database.Folder, "none")], "There is no database"),
            (["restore", Path.Combine(database.Folder, "plenum.json"), "--data", Path.Combine(database.Folder, "c")], "is not whole"),
            (["restore", "x.tar", "--data", Path.Combine(database.Folder, "..")], "is not empty"),
        })
        {
            var (code, output, errors) = await PlenumProcess.RunAsync(arguments);
            Assert.Equal(1, code);
            Assert.Contains(says, errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_said_in_one_sentence()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        using var other = new TcpListener(IPAddress.Any, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var (code, output, errors) = await PlenumProcess.RunAsync("serve", "--data", database.Folder, $"--Ports:Listen:http={port}");
        Assert.Equal(1, code);
        Assert.Contains($"The port {port} of http cannot be opened", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_stop_finishes_the_request_that_is_on_its_way(DatabaseProvider provider)
    {
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo");
        using var browser = new Browsing(plenum.Web);
        await browser.GoAsync("/sign-in");
        var token = Regex.Match(browser.Page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        var body = $"__RequestVerificationToken={Uri.EscapeDataString(token)}&_handler=sign-in&Input.Login=emil&Input.Password=plenum-demo";

        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, plenum.Web.Port, Cancellation);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\nCookie: {browser.Cookies}\r\n\r\n{body[..20]}"), Cancellation);
        await stream.FlushAsync(Cancellation);
        await InFlightAsync(plenum); // The server has the head of the request.

        plenum.Terminate();
        await NotReadyAsync(plenum);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(body[20..]), Cancellation);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync(Cancellation);
        Assert.StartsWith("HTTP/1.1 302", answer, StringComparison.Ordinal);
        Assert.Contains("plenum-session=", answer, StringComparison.Ordinal);
        Assert.Equal(0, await plenum.ExitAsync(TimeSpan.FromSeconds(40)));
    }

    [Theory]
    [InlineData(DatabaseProvider.SQLite, DatabaseProvider.PostgreSQL)]
    [InlineData(DatabaseProvider.PostgreSQL, DatabaseProvider.SQLite)]
    public async Task The_whole_house_moves_to_another_machine_and_database_by_backup_and_restore(DatabaseProvider from, DatabaseProvider to)
    {
        await using var database = await ScratchDatabase.EmptyAsync(from);
        await using var elsewhere = await ScratchDatabase.EmptyAsync(to);
        var archive = database.Folder + ".tar";
        await File.WriteAllTextAsync(Path.Combine(database.Folder, "plenum.json"), "{}", Cancellation);
        const string Here = """{ "Mail": { "SmartHost": "127.0.0.1:9" } }""";
        await File.WriteAllTextAsync(Path.Combine(elsewhere.Folder, "plenum.json"), Here, Cancellation); // What the package puts there.
        await using (var plenum = await PlenumProcess.ServeAsync(database, "--demo"))
        {
            await CleanAsync("backup", archive, "--data", database.Folder, PlenumProcess.SettingsOf(database));
            await CleanAsync("restore", archive, "--check", []);
        }

        await CleanAsync("restore", archive, "--data", elsewhere.Folder, PlenumProcess.SettingsOf(elsewhere));
        File.Delete(archive);
        Assert.Equal((Here, "{}"), (await File.ReadAllTextAsync(Path.Combine(elsewhere.Folder, "plenum.json"), Cancellation), await File.ReadAllTextAsync(Path.Combine(elsewhere.Folder, "plenum.json.restored"), Cancellation)));
        await using var moved = await PlenumProcess.ServeAsync(elsewhere);
        using var browser = new Browsing(moved.Web);
        await browser.SignInAsync("ada", "plenum-demo"); // Hashes, cookies' keys and all.
        await browser.GoAsync("/admin/accounts?q=dilek");
        Assert.Contains("Dilek Demir", browser.Page, StringComparison.Ordinal);
        await browser.GoAsync("/boards/techtalk");
        Assert.Equal(HttpStatusCode.OK, browser.Status);
    }

    [Fact]
    public async Task Killed_without_warning_it_starts_again()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using (var killed = await PlenumProcess.ServeAsync(database, "--demo"))
        {
            killed.Kill();
            await killed.ExitAsync(TimeSpan.FromSeconds(20));
        }

        await using var again = await PlenumProcess.ServeAsync(database, "--demo");
        Assert.Equal(HttpStatusCode.OK, await ReadyAsync(again));
    }

    [Fact]
    public async Task A_full_disk_takes_the_node_out_and_says_so_inside_only()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--Operations:MinFreeMegabytes=1000000");
        using var http = new HttpClient();
        var outside = await http.GetAsync(new Uri(plenum.Web, "health/ready"), Cancellation);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready"), (outside.StatusCode, await outside.Content.ReadAsStringAsync(Cancellation)));
        var inside = await http.GetAsync(new Uri(plenum.Internal, "health/ready"), Cancellation);
        Assert.Contains("\"area\":\"disk\",\"state\":\"Bad\"", await inside.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(plenum.Web, "health/live"), Cancellation)).StatusCode);
        var metrics = await http.GetStringAsync(new Uri(plenum.Internal, "metrics"), Cancellation);
        Assert.Contains("plenum_outbox_pending", metrics, StringComparison.Ordinal);
        Assert.Contains("plenum_database_size_bytes", metrics, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(plenum.Web, "metrics"), Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_locked_database_is_later_and_not_an_error_of_the_person()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", "--Database:BusyTimeoutMilliseconds=200");
        using var browser = new Browsing(plenum.Web);
        await browser.SignInAsync("ada", "plenum-demo");
        await browser.GoAsync("/admin/units/new?unit=bayern");
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(database.Folder, "plenum.db")};Pooling=False"))
        {
            await other.OpenAsync(Cancellation);
            await using var hold = other.CreateCommand();
            hold.CommandText = "BEGIN IMMEDIATE";
            await hold.ExecuteNonQueryAsync(Cancellation);
            await browser.SubmitAsync("create", ("Input.Name", "AG Warten"), ("Input.Kind", "WorkingGroup"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, browser.Status);
        }

        await browser.GoAsync("/admin/units/new?unit=bayern");
        await browser.SubmitAsync("create", ("Input.Name", "AG Warten"), ("Input.Kind", "WorkingGroup"));
        Assert.Contains("AG Warten", browser.Page, StringComparison.Ordinal);
    }

    private static (string, string)[] Filled(string password) =>
    [
        ("Input.Organisation", "Verein S\u00FCd"), ("Input.MailDomain", "verein-sued.example"), ("Input.WebDomain", ""), ("Input.Languages", "de en"),
        ("Input.DisplayName", "Ada Adler"), ("Input.Login", "ada"), ("Input.Email", "ada@example.net"), ("Input.Password", password),
    ];

    private static async Task CleanAsync(string verb, string archive, string option, string value, string[] settings)
    {
        var (code, output, errors) = await PlenumProcess.RunAsync([verb, archive, option, value, .. settings]);
        Assert.True(code == 0, output + errors);
    }

    private static Task CleanAsync(string verb, string archive, string option, string[] settings)
        => PlenumProcess.RunAsync([verb, archive, option, .. settings]).ContinueWith(r => Assert.Equal(0, r.Result.Code), TaskScheduler.Default);

    private static async Task<HttpStatusCode> ReadyAsync(PlenumProcess plenum)
    {
        using var http = new HttpClient();
        return (await http.GetAsync(new Uri(plenum.Web, "health/ready"), Cancellation)).StatusCode;
    }

    // The metric counts requests whose head has arrived.
    private static async Task InFlightAsync(PlenumProcess plenum)
    {
        using var http = new HttpClient();
        await Patience.UntilAsync(
            async () => Regex.IsMatch(
                await http.GetStringAsync(new Uri(plenum.Internal, "metrics"), Cancellation), "http_server_active_requests\\{[^}]*method=\"POST\"[^}]*\\} 1"),
            Cancellation);
    }

    // New connections are refused, or answered 503, from now on.
    private static Task NotReadyAsync(PlenumProcess plenum) => Patience.UntilAsync(
        async () =>
        {
            try
            {
                return await ReadyAsync(plenum) == HttpStatusCode.ServiceUnavailable;
            }
            catch (HttpRequestException)
            {
                return true;
            }
        },
        Cancellation);

    [GeneratedRegex("/setup/[0-9a-f]+")]
    private static partial Regex Link();
}
