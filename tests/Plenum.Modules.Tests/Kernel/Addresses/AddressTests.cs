using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.MailAddresses;

public sealed class AddressTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Emil@Plenum.TEST", "Emil", "plenum.test", "emil", null)]
    [InlineData("emil+zeitung+x@plenum.test.", "emil+zeitung+x", "plenum.test", "emil", "zeitung+x")]
    [InlineData("grün@köln.example", "grün", "xn--kln-sna.example", "grün", null)]
    [InlineData("a.b-c_d@x", "a.b-c_d", "x", "a.b-c_d", null)]
    public void An_address_is_read_into_its_parts(string text, string local, string domain, string name, string? detail)
    {
        Assert.True(MailAddress.TryParse(text, out var address));
        Assert.Equal((local, domain, name, detail), (address.LocalPart, address.Domain, address.BaseLocalPart, address.Detail));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("emil")]
    [InlineData("@plenum.test")]
    [InlineData("emil@")]
    [InlineData(".emil@plenum.test")]
    [InlineData("emil.@plenum.test")]
    [InlineData("e..mil@plenum.test")]
    [InlineData("e mil@plenum.test")]
    [InlineData("\"e mil\"@plenum.test")]
    [InlineData("emil@-plenum.test")]
    [InlineData("emil@plen um.test")]
    [InlineData("emil\r\nRCPT@plenum.test")]
    [InlineData("emil@plenum..test")]
    [InlineData("emil@plenum\0test")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345@plenum.test")]
    public void What_is_no_address_is_refused(string? text) => Assert.False(MailAddress.TryParse(text, out _));

    [Theory, OnBothDatabases]
    public async Task The_first_claimant_in_order_answers_and_foreign_domains_are_nobodys(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider, new() { Register = m => m.Services.AddSingleton<IAddressClaimant>(new Claimant("late", 20)).AddSingleton<IAddressClaimant>(new Claimant("early", 10)) });
        await SmallParty.FoundAsync(kernel, Cancellation);
        var directory = kernel.Get<AddressDirectory>();
        Assert.Equal("early", (await FindAsync(directory, "techtalk@plenum.test"))!.Module);
        Assert.Null(await FindAsync(directory, "nobody@plenum.test"));
        Assert.Null(await FindAsync(directory, "techtalk@elsewhere.test"));
        Assert.True(await directory.IsLocalAsync("plenum.test", Cancellation));
    }

    [Theory, OnBothDatabases]
    public async Task One_writes_as_oneself_and_as_the_offices_one_holds_now(DatabaseProvider provider)
    {
        var clock = new FakeTimeProvider(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
        await using var kernel = await TestKernel.StartAsync(provider, new() { Clock = clock });
        var party = await SmallParty.FoundAsync(kernel, Cancellation);
        await kernel.AsAsync<OfficeService>(party.Ada, async (offices, ada) =>
        {
            var press = await offices.CreateAsync(ada, party.Bavaria, "Presse", "presse", 1, Cancellation);
            await offices.FillAsync(ada, press, party.Emil, SmallParty.Founded, clock.GetUtcNow().UtcDateTime.AddDays(1), acting: false, Cancellation);
        });
        Assert.Equal((true, true, true, false, false), (
            await MayAsync(kernel, party.Emil, "emil@plenum.test"), await MayAsync(kernel, party.Emil, "Emil+shop@plenum.test"), await MayAsync(kernel, party.Emil, "presse@plenum.test"),
            await MayAsync(kernel, party.Emil, "dilek@plenum.test"), await MayAsync(kernel, party.Emil, "emil@example.org")));
        Assert.Equal(
            ["emil@plenum.test", "presse@plenum.test"],
            await kernel.InScopeAsync(async s => (await s.GetRequiredService<SenderRights>().AddressesAsync(party.Emil, Cancellation)).Select(a => a.ToString()).ToArray()));
        Assert.Equal([party.Emil], await HoldersAsync(kernel, "presse@plenum.test"));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await MayAsync(kernel, party.Emil, "presse@plenum.test"));
        Assert.Empty(await HoldersAsync(kernel, "presse@plenum.test"));
    }

    private static async Task<AddressClaim?> FindAsync(AddressDirectory directory, string text)
        => await directory.FindAsync(MailAddress.TryParse(text, out var address) ? address : default, Cancellation);

    private static Task<bool> MayAsync(TestKernel kernel, AccountId who, string text)
        => kernel.InScopeAsync(async s => await s.GetRequiredService<SenderRights>().MaySendAsAsync(who, MailAddress.TryParse(text, out var address) ? address : default, Cancellation));

    private static Task<IReadOnlyList<AccountId>> HoldersAsync(TestKernel kernel, string text)
        => kernel.InScopeAsync(async s => await s.GetRequiredService<SenderRights>().HoldersAsync(MailAddress.TryParse(text, out var address) ? address : default, Cancellation));

    private sealed class Claimant(string name, int order) : IAddressClaimant
    {
        public int Order => order;

        public ValueTask<AddressClaim?> ClaimAsync(MailAddress address, CancellationToken cancellation)
            => new(address.BaseLocalPart == "techtalk" ? new AddressClaim(name, "1", address) : null);
    }
}
