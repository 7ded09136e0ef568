using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Testing;

/// <summary>
/// The same small organisation for every test: a federation with Bayern (München, Nürnberg below it), Hessen and a private court; ada runs
/// the house, dilek chairs Bayern and may let others inherit, emil is a member of München, gero a member of nothing.
/// </summary>
public sealed record SmallParty(
    OrgUnitId Federation, OrgUnitId Bavaria, OrgUnitId Munich, OrgUnitId Nuremberg, OrgUnitId Hesse, OrgUnitId Court, AccountId Ada, AccountId Dilek, AccountId Emil, AccountId Gero)
{
    public static readonly DateTime Founded = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static async Task<SmallParty> FoundAsync(TestKernel kernel, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        await using var db = kernel.OpenDb();
        var federation = new OrgUnit(OrgUnitKind.Federation, Slug.Parse("bund"), "Bund", null, Founded);
        federation.UseDomains("plenum.test", null, "de en");
        var bavaria = new OrgUnit(OrgUnitKind.State, Slug.Parse("bayern"), "Bayern", federation, Founded);
        var munich = new OrgUnit(OrgUnitKind.District, Slug.Parse("muenchen"), "München", bavaria, Founded);
        var nuremberg = new OrgUnit(OrgUnitKind.District, Slug.Parse("nuernberg"), "Nürnberg", bavaria, Founded);
        var hesse = new OrgUnit(OrgUnitKind.State, Slug.Parse("hessen"), "Hessen", federation, Founded);
        var court = new OrgUnit(OrgUnitKind.Court, Slug.Parse("schiedsgericht"), "Schiedsgericht", federation, Founded);
        court.Describe(OrgUnitKind.Court, "", "", isPrivate: true);
        db.AddRange(federation, bavaria, munich, nuremberg, hesse, court);
        var (ada, dilek, emil, gero) = (Add(db, "ada", "Ada Adler"), Add(db, "dilek", "Dilek Demir"), Add(db, "emil", "Emil Ebner"), Add(db, "gero", "Gero Grün"));
        db.Add(new MembershipFact { AccountId = dilek, UnitId = bavaria.Id, Since = Founded });
        db.Add(new MembershipFact { AccountId = emil, UnitId = munich.Id, Since = Founded });
        db.Add(new Grant(AudienceToken.Account(ada), KernelPermissions.Operator.Name, federation.Id, inherits: true, Founded, null));
        await db.SaveChangesAsync(cancellation);
        return new(federation.Id, bavaria.Id, munich.Id, nuremberg.Id, hesse.Id, court.Id, ada, dilek, emil, gero);
    }

    private static AccountId Add(PlenumDb db, string login, string name)
    {
        var account = new Account(LoginName.Parse(login), name, null, AccountKind.Person, Founded);
        account.ConfirmEmail($"{login}@example.org");
        account.Prefer("en", null, null);
        db.Add(account);
        return account.Id;
    }
}
