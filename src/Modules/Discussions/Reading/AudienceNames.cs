using Plenum.Contracts.Organisation;
using Plenum.Kernel.Language;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Reading;

/// <summary>Audiences in words: "everyone", "members of Bavaria".</summary>
public static class AudienceNames
{
    public static string Of(Texts texts, OrgTree tree, Audience audience)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(audience);
        return string.Join(", ", audience.Tokens.Select(token => token switch
        {
            AudienceToken.Public => texts["discussions.audience.public"],
            AudienceToken.SignedIn => texts["discussions.audience.signed-in"],
            ['m', ':', ..] when tree.Find(OrgUnitId.From(Guid.ParseExact(token.AsSpan(2), "N"))) is { } unit => texts["discussions.audience.members", unit.Name],
            _ => texts["discussions.audience.named"],
        }).Distinct());
    }
}
