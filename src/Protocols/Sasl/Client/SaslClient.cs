namespace Plenum.Protocols.Sasl;

/// <summary>One client-side exchange. Every mechanism here speaks first.</summary>
public abstract class SaslClient
{
    public abstract string Mechanism { get; }

    /// <summary>The initial response, raw octets.</summary>
    public abstract ReadOnlyMemory<byte> Start();

    /// <summary>Answers a challenge.</summary>
    /// <returns>False if the server broke the protocol or asks for something unsafe: abort the exchange.</returns>
    public virtual bool TryRespond(ReadOnlySpan<byte> challenge, out ReadOnlyMemory<byte> response)
    {
        response = default;
        return false;
    }

    /// <summary>Judges the server's success, with the data that came with it or null. False: the server did not prove itself, hang up.</summary>
    public virtual bool Verify(ReadOnlyMemory<byte>? successData) => true;
}
