using Microsoft.EntityFrameworkCore;
using OtpNet;
using Plenum.Kernel;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.SignOn.SecondFactors;
using Plenum.SignOn.SigningIn;
using Plenum.Testing;

namespace Plenum.Modules.Tests.SignOn;

public sealed class SecondFactorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task With_an_app_the_password_alone_opens_nothing(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var (secret, _) = await TurnOnAsync(house, emil);
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = Assert.IsType<SignInStep.SecondFactor>(await house.SignInAsync("emil"));
        Assert.IsType<SignInStep.Refused>(await CodeAsync(house, second.Ticket, "000000"));
        Assert.IsType<SignInStep.Refused>(await CodeAsync(house, "forged", CodeOf(house, secret)));
        Assert.IsType<SignInStep.Done>(await CodeAsync(house, second.Ticket, CodeOf(house, secret)));
    }

    [Theory, OnBothDatabases]
    public async Task A_code_works_once_and_tolerates_a_clock_thirty_seconds_off(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var (secret, _) = await TurnOnAsync(house, await house.EnterAsync("emil"));
        house.Clock.Advance(TimeSpan.FromMinutes(5));
        var code = CodeOf(house, secret);
        house.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.IsType<SignInStep.Done>(await CodeAsync(house, await TicketAsync(house), code));
        Assert.IsType<SignInStep.Refused>(await CodeAsync(house, await TicketAsync(house), code));
        house.Clock.Advance(TimeSpan.FromSeconds(60));
        Assert.IsType<SignInStep.Refused>(await CodeAsync(house, await TicketAsync(house), code));
    }

    [Theory, OnBothDatabases]
    public async Task A_recovery_code_works_once_however_it_is_typed(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var (_, codes) = await TurnOnAsync(house, emil);
        Assert.Equal(10, codes.Distinct().Count());
        Assert.IsType<SignInStep.Done>(await CodeAsync(house, await TicketAsync(house), codes[3].ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)));
        Assert.IsType<SignInStep.Refused>(await CodeAsync(house, await TicketAsync(house), codes[3]));
        Assert.Equal(9, await house.AskAsync<SecondFactorService, int>(f => f.CodesLeftAsync(emil, Cancellation)));
        var fresh = await house.AskAsync<SecondFactorService, IReadOnlyList<string>>(f => f.NewCodesAsync(emil, Cancellation));
        Assert.IsType<SignInStep.Refused>(await CodeAsync(house, await TicketAsync(house), codes[4]));
        Assert.IsType<SignInStep.Done>(await CodeAsync(house, await TicketAsync(house), fresh[4]));
    }

    [Theory, OnBothDatabases]
    public async Task Neither_the_secret_nor_the_codes_lie_readable_in_the_database(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var (secret, codes) = await TurnOnAsync(house, await house.EnterAsync("emil"));
        var stored = await house.ReadAsync(db => db.Database.SqlQuery<string>($"SELECT totp_secret AS \"Value\" FROM signon_credentials").SingleAsync(Cancellation));
        Assert.DoesNotContain(secret, stored, StringComparison.Ordinal);
        Assert.All(codes, code => Assert.DoesNotContain(code, stored, StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task A_wrong_first_code_turns_nothing_on_and_the_same_secret_is_offered_again(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        var offer = await OfferAsync(house, emil, "");
        await Assert.ThrowsAsync<RuleException>(() => ConfirmAsync(house, emil, offer.SealedSecret, "000000"));
        await Assert.ThrowsAsync<RuleException>(() => ConfirmAsync(house, emil, "forged", "000000"));
        Assert.IsType<SignInStep.Done>(await house.SignInAsync("emil"));
        Assert.Equal(offer.Spelled, (await OfferAsync(house, emil, offer.SealedSecret)).Spelled);
        Assert.NotEqual(offer.Spelled, (await OfferAsync(house, emil, "forged")).Spelled);
        Assert.StartsWith("otpauth://totp/", offer.Address, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Guessing_codes_is_limited_like_guessing_passwords(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var (secret, _) = await TurnOnAsync(house, await house.EnterAsync("emil"));
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        var second = Assert.IsType<SignInStep.SecondFactor>(await house.SignInAsync("emil", from: SignOnHouse.Stranger));
        for (var i = 0; i < 20; i++)
        {
            Assert.IsType<SignInStep.Refused>(await CodeAsync(house, second.Ticket, "000000", SignOnHouse.Stranger));
        }

        Assert.IsType<SignInStep.Wait>(await CodeAsync(house, second.Ticket, CodeOf(house, secret), SignOnHouse.Stranger));
    }

    [Theory, OnBothDatabases]
    public async Task Turned_off_the_password_is_enough_again(DatabaseProvider provider)
    {
        await using var house = await SignOnHouse.StartAsync(provider);
        var emil = await house.EnterAsync("emil");
        await TurnOnAsync(house, emil);
        await house.AskAsync<SecondFactorService>(f => f.RemoveAsync(emil, Cancellation));
        Assert.IsType<SignInStep.Done>(await house.SignInAsync("emil"));
    }

    private static async Task<(string Secret, IReadOnlyList<string> Codes)> TurnOnAsync(SignOnHouse house, Viewer viewer)
    {
        var offer = await OfferAsync(house, viewer, "");
        var secret = offer.Spelled.Replace(" ", "", StringComparison.Ordinal);
        return (secret, await ConfirmAsync(house, viewer, offer.SealedSecret, CodeOf(house, secret)));
    }

    private static Task<TotpOffer> OfferAsync(SignOnHouse house, Viewer viewer, string sealedSecret)
        => house.AskAsync<SecondFactorService, TotpOffer>(f => Task.FromResult(f.Offer(viewer, "Verband", sealedSecret)));

    private static Task<IReadOnlyList<string>> ConfirmAsync(SignOnHouse house, Viewer viewer, string sealedSecret, string code)
        => house.AskAsync<SecondFactorService, IReadOnlyList<string>>(f => f.ConfirmAsync(viewer, sealedSecret, code, Cancellation));

    private static async Task<string> TicketAsync(SignOnHouse house) => ((SignInStep.SecondFactor)await house.SignInAsync("emil")).Ticket;

    private static Task<SignInStep> CodeAsync(SignOnHouse house, string ticket, string code, Visitor? from = null)
        => house.AskAsync<SignInService, SignInStep>(s => s.WithSecondFactorAsync(ticket, code, from ?? SignOnHouse.Home, Cancellation));

    private static string CodeOf(SignOnHouse house, string secret) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(house.Clock.GetUtcNow().UtcDateTime);
}
