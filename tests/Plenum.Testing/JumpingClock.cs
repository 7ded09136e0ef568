namespace Plenum.Testing;

/// <summary>A clock whose time of day can be set, as an operator or NTP does, while the time that passes goes on as before.</summary>
public sealed class JumpingClock(TimeProvider steady) : TimeProvider
{
    private TimeSpan _off;

    public override long TimestampFrequency => steady.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => steady.LocalTimeZone;

    public void Jump(TimeSpan by) => _off += by;

    public override DateTimeOffset GetUtcNow() => steady.GetUtcNow() + _off;

    public override long GetTimestamp() => steady.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => steady.CreateTimer(callback, state, dueTime, period);
}
