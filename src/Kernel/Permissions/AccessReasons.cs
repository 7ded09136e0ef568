using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;

namespace Plenum.Kernel.Permissions;

/// <summary>The answer for people: yes or no, and a sentence for each rule that was tried.</summary>
public sealed record AccessReason(ExplanationKind Kind, string Sentence);

/// <param name="Question">"May Emil Ebner edit units in Bayern?"</param>
public sealed record AccessAnswer(bool May, string Question, IReadOnlyList<AccessReason> Reasons);

/// <summary>Answers "why may I, why may I not" in words.</summary>
public sealed class AccessReasons(PlenumDb db, Access access, ViewerSource viewers, RoleCatalog catalog, SubjectNames names, Texts texts)
{
    /// <summary>
    /// Why an account may or may not do something on a unit. Everyone may ask about themselves; about others, whoever has
    /// <see cref="KernelPermissions.Grant"/> on the unit.
    /// </summary>
    /// <exception cref="RuleException">There is no such permission, unit or account.</exception>
    public async Task<AccessAnswer> OfAsync(Viewer asker, AccountId about, string permission, OrgUnitId unit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(asker);
        if (asker.Account != about)
        {
            await access.DemandAsync(asker, KernelPermissions.Grant, unit, cancellation);
        }

        var wanted = catalog.Permissions.GetValueOrDefault(permission) ?? throw new RuleException("permissions.unknown", permission);
        var node = (await access.TreeAsync(cancellation)).Find(unit) ?? throw new RuleException("units.unknown");
        var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == about, cancellation) ?? throw new RuleException("accounts.unknown", about);
        var explained = await access.ExplainAsync(await viewers.ForAsync(about, cancellation), wanted, unit, cancellation);
        var subjects = await names.OfAsync(explained.Steps.Select(s => s.Grant?.Subject).OfType<string>(), cancellation);
        var titles = await db.Set<CustomRole>().AsNoTracking().ToDictionaryAsync(r => r.Name, r => r.Title, cancellation);
        var reasons = explained.Steps.Select(s => new AccessReason(s.Kind, Sentence(s, subjects, titles))).ToList();
        if (!account.CanSignIn)
        {
            reasons.Insert(0, new(ExplanationKind.ForOthers, texts["access.cannot-sign-in", account.DisplayName]));
        }
        else if (reasons is [])
        {
            reasons.Add(new(ExplanationKind.ForOthers, texts["access.nobody"]));
        }

        return new(explained.May, texts["access.question", account.DisplayName, texts["permission." + permission], node.Name], reasons);
    }

    private string Sentence(ExplanationStep step, IReadOnlyDictionary<string, string> subjects, Dictionary<string, string> titles)
    {
        if (step.Grant is not { } grant)
        {
            return texts["access.private", step.Unit.Name];
        }

        var role = titles.TryGetValue(grant.Role, out var title) ? title : texts["role." + grant.Role];
        var key = step.Kind switch
        {
            ExplanationKind.Allows => "access.allows",
            ExplanationKind.NotInherited => "access.not-inherited",
            ExplanationKind.NotYet => "access.not-yet",
            _ => "access.for-others",
        };
        return texts[key, role, subjects[grant.Subject], step.Unit.Name, grant.From.ToString("d", CultureInfo.CurrentCulture)];
    }
}
