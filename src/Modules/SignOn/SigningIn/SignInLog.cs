using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Kernel.Limits;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.SigningIn;

/// <summary>Writes the log a person sees, and mails them when a device signs in that was never seen before.</summary>
public sealed class SignInLog(PlenumDb db, IMailQueue mail, Texts texts, TimeProvider clock)
{
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(180);

    /// <summary>Adds a line; the caller saves.</summary>
    public void Add(AccountId account, string door, SignInMethod? method, SignInOutcome outcome, Visitor visitor)
        => db.Add(new SignInRecord
        {
            AccountId = account,
            At = clock.GetUtcNow().UtcDateTime,
            Door = door,
            Method = method,
            Outcome = outcome,
            Address = visitor.Address.ToString(),
            UserAgent = visitor.UserAgent,
        });

    /// <summary>Mails the person if neither this browser nor this network signed in before. The very first sign-in is no news.</summary>
    public async Task WarnIfNewAsync(Account account, Visitor visitor, CancellationToken cancellation)
    {
        if (account.Email is null)
        {
            return;
        }

        var since = clock.GetUtcNow().UtcDateTime - KnownFor;
        var earlier = await db.Set<SignInRecord>().AsNoTracking()
            .Where(r => r.AccountId == account.Id && r.At > since && r.Outcome == SignInOutcome.Succeeded && r.Door == "web")
            .Select(r => new { r.Address, r.UserAgent }).Distinct().Take(200).ToListAsync(cancellation);
        var network = NetworkPrefix.Of(visitor.Address);
        var isKnown = earlier.Count == 0 || earlier.Exists(e => e.UserAgent == visitor.UserAgent || NetworkPrefix.Of(System.Net.IPAddress.Parse(e.Address)) == network);
        if (!isKnown)
        {
            var language = System.Globalization.CultureInfo.GetCultureInfo(account.Language ?? "de");
            await mail.EnqueueAsync(
                new SystemMail
                {
                    Source = SignOnModule.Name,
                    To = account.Email,
                    ToName = account.DisplayName,
                    Subject = texts.In(language, "signon.mail.new-device.subject"),
                    Text = texts.In(language, "signon.mail.new-device.text", account.DisplayName, clock.GetUtcNow().UtcDateTime, visitor.Address, visitor.UserAgent),
                },
                cancellation);
        }
    }
}
