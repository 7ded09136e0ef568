using Plenum.Protocols.Mail.Threading;

namespace Plenum.Protocols.Tests.Mail.Threading;

public sealed class SentDateTests
{
    private static readonly DateTimeOffset Arrival = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Tue, 24 Nov 2026 10:00:00 +0100", "2026-11-24T09:00:00Z")]
    [InlineData("24 Nov 26 10:00 GMT", "2026-11-24T10:00:00Z")]
    [InlineData("Tue, 24 Nov 2026 99:99:99 +0000", "2026-11-24T00:00:00Z")]
    [InlineData("soon", "2026-11-24T10:00:00Z")]
    [InlineData("", "2026-11-24T10:00:00Z")]
    [InlineData(null, "2026-11-24T10:00:00Z")]
    public void The_date_field_counts_or_else_the_arrival(string? date, string expected)
        => Assert.Equal(DateTimeOffset.Parse(expected, null), SentDate.Read(date, Arrival));
}
