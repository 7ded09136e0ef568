namespace Plenum.Protocols.Mail.MtaSts;

/// <summary>How strictly a policy is meant (RFC 8461 §5).</summary>
public enum MtaStsMode
{
    /// <summary>As if there were no policy.</summary>
    None,

    /// <summary>Deliver all the same, but report what would have failed (RFC 8461 §5.2).</summary>
    Testing,

    /// <summary>Deliver only to a listed host with a valid certificate.</summary>
    Enforce,
}
