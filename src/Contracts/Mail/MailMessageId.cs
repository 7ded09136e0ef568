using System.Diagnostics.CodeAnalysis;

namespace Plenum.Contracts.Mail;

/// <summary>A message in the outbound queue, whatever the number of its recipients.</summary>
public readonly record struct MailMessageId(Guid Value) : ITypedId<MailMessageId>
{
    public static MailMessageId New() => new(Guid.CreateVersion7());

    public static MailMessageId From(Guid value) => new(value);

    public static MailMessageId Parse(string s, IFormatProvider? provider) => new(Guid.Parse(s, provider));

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out MailMessageId result)
    {
        var parsed = Guid.TryParse(s, provider, out var value);
        result = new(value);
        return parsed;
    }

    public override string ToString() => Value.ToString();
}
