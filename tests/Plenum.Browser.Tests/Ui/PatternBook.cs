namespace Plenum.Browser.Tests.Ui;

/// <summary>The pattern book, served once for all tests of the class.</summary>
public sealed class PatternBook : IAsyncLifetime
{
    private PatternHost _host = null!;

    public string Address => _host.Address;

    public async ValueTask InitializeAsync() => _host = await PatternHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
