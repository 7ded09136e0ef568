using System.Diagnostics.CodeAnalysis;
using Plenum.Contracts;

namespace Plenum.Discussions.Domain;

/// <summary>A board.</summary>
public readonly record struct BoardId(Guid Value) : ITypedId<BoardId>
{
    public static BoardId New() => new(Guid.CreateVersion7());

    public static BoardId From(Guid value) => new(value);

    public static BoardId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BoardId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

/// <summary>A thread of a board.</summary>
public readonly record struct ThreadId(Guid Value) : ITypedId<ThreadId>
{
    public static ThreadId New() => new(Guid.CreateVersion7());

    public static ThreadId From(Guid value) => new(value);

    public static ThreadId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ThreadId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

/// <summary>A post, wherever it came from.</summary>
public readonly record struct PostId(Guid Value) : ITypedId<PostId>
{
    public static PostId New() => new(Guid.CreateVersion7());

    public static PostId From(Guid value) => new(value);

    public static PostId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out PostId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

/// <summary>Someone's wish to get a board's posts by mail.</summary>
public readonly record struct SubscriptionId(Guid Value) : ITypedId<SubscriptionId>
{
    public static SubscriptionId New() => new(Guid.CreateVersion7());

    public static SubscriptionId From(Guid value) => new(value);

    public static SubscriptionId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SubscriptionId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}

/// <summary>A file of a post.</summary>
public readonly record struct AttachmentId(Guid Value) : ITypedId<AttachmentId>
{
    public static AttachmentId New() => new(Guid.CreateVersion7());

    public static AttachmentId From(Guid value) => new(value);

    public static AttachmentId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AttachmentId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}
