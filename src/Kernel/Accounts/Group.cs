using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Accounts;

/// <summary>An explicit list of accounts, kept by a unit.</summary>
public sealed class Group
{
    private readonly List<GroupMember> _members = [];

    private Group()
    {
    }

    public Group(OrgUnitId unit, string name)
    {
        Id = GroupId.New();
        UnitId = unit;
        Name = name.Trim();
    }

    public GroupId Id { get; private init; }

    public OrgUnitId UnitId { get; private init; }

    public string Name { get; private set; } = "";

    public IReadOnlyList<GroupMember> Members => _members;

    public void Add(AccountId account)
    {
        if (!_members.Exists(m => m.AccountId == account))
        {
            _members.Add(new() { AccountId = account });
        }
    }

    public void Remove(AccountId account) => _members.RemoveAll(m => m.AccountId == account);
}

/// <summary>One account in a group.</summary>
public sealed class GroupMember
{
    public required AccountId AccountId { get; init; }
}
