using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Kernel.Limits;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.SigningIn;

/// <summary>Writes the log a person sees and the audit log, and mails the person when a device signs in that was never seen before.</summary>
public sealed class SignInLog(PlenumDb db, AfterAnswer after, Audit audit, IMailQueue mail, Texts texts, TimeProvider clock)
{
    private const string Door = "web";
    private const int MaxEarlier = 200; // Different devices of half a year; nobody has more.
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(180);

    /// <summary>Adds a successful sign-in, with a mail if the device is new; the caller saves.</summary>
    public async Task AddSuccessAsync(Account account, SignInMethod method, Visitor visitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (account.Email is not null && await IsNewAsync(account.Id, visitor, cancellation))
        {
            await WarnAsync(account, visitor, cancellation);
        }

        db.Add(Record(account.Id, method, SignInOutcome.Succeeded, visitor));
        audit.Record(db, account.Id, "signon.sign-in", $"account:{account.Id}", details: method.ToString());
    }

    /// <summary>Notes a failure; it is written after the answer.</summary>
    public void NoteFailure(AccountId account, SignInOutcome outcome, Visitor visitor)
        => after.Add(Record(account, SignInMethod.Password, outcome, visitor));

    private SignInRecord Record(AccountId account, SignInMethod method, SignInOutcome outcome, Visitor visitor) => new()
    {
        AccountId = account,
        At = clock.GetUtcNow().UtcDateTime,
        Door = Door,
        Method = method,
        Outcome = outcome,
        Address = visitor.Address.ToString(),
        UserAgent = visitor.UserAgent,
    };

    // Neither this browser nor this network signed in before. The very first sign-in is no news.
    private async Task<bool> IsNewAsync(AccountId account, Visitor visitor, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime - KnownFor;
        var earlier = await db.Set<SignInRecord>().AsNoTracking()
            .Where(r => r.AccountId == account && r.At > since && r.Outcome == SignInOutcome.Succeeded && r.Door == Door)
            .Select(r => new { r.Address, r.UserAgent }).Distinct().OrderBy(r => r.UserAgent).Take(MaxEarlier).ToListAsync(cancellation);
        var network = NetworkPrefix.Of(visitor.Address);
        return earlier.Count > 0
            && !earlier.Exists(e => e.UserAgent == visitor.UserAgent || (IPAddress.TryParse(e.Address, out var from) && NetworkPrefix.Of(from) == network));
    }

    private async Task WarnAsync(Account account, Visitor visitor, CancellationToken cancellation)
    {
        var language = CultureInfo.GetCultureInfo(account.Language ?? Texts.Languages[0].Name);
        await mail.EnqueueAsync(
            new SystemMail
            {
                Source = SignOnModule.Name,
                To = account.Email!,
                ToName = account.DisplayName,
                Subject = texts.In(language, "signon.mail.new-device.subject"),
                Text = texts.In(language, "signon.mail.new-device.text", account.DisplayName, clock.GetUtcNow().UtcDateTime, visitor.Address, visitor.UserAgent),
            },
            cancellation);
    }
}
