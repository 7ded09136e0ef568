using System.Diagnostics.CodeAnalysis;

namespace Plenum.Contracts.Organisation;

/// <summary>A unit of the organisation tree.</summary>
public readonly record struct OrgUnitId(Guid Value) : ITypedId<OrgUnitId>
{
    public static OrgUnitId New() => new(Guid.CreateVersion7());

    public static OrgUnitId From(Guid value) => new(value);

    public static OrgUnitId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OrgUnitId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

/// <summary>An office of a unit; grants and addresses hang on it, not on its holder.</summary>
public readonly record struct OfficeId(Guid Value) : ITypedId<OfficeId>
{
    public static OfficeId New() => new(Guid.CreateVersion7());

    public static OfficeId From(Guid value) => new(value);

    public static OfficeId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out OfficeId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

/// <summary>Someone or something that can sign in.</summary>
public readonly record struct AccountId(Guid Value) : ITypedId<AccountId>
{
    public static AccountId New() => new(Guid.CreateVersion7());

    public static AccountId From(Guid value) => new(value);

    public static AccountId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AccountId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

/// <summary>An explicit list of accounts.</summary>
public readonly record struct GroupId(Guid Value) : ITypedId<GroupId>
{
    public static GroupId New() => new(Guid.CreateVersion7());

    public static GroupId From(Guid value) => new(value);

    public static GroupId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out GroupId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}
