namespace Plenum.Protocols.Mail.Arc;

/// <summary>Why a chain is <see cref="ArcStatus.Fail"/> (RFC 8617 §5.2).</summary>
public enum ArcProblem
{
    None,

    /// <summary>A seal says cv=fail: somebody before us found the chain broken (step 2) and ended it; sets on top of it are void (step 3).</summary>
    FailedBefore,

    /// <summary>A field without a usable instance number, or outside its grammar.</summary>
    Syntax,

    /// <summary>A set is incomplete, double, or missing between others (step 3).</summary>
    Structure,

    /// <summary>cv= is not "none" in the first set or not "pass" in a later one (step 3).</summary>
    ChainValue,

    /// <summary>More than 50 sets (RFC 8617 §4.2.1).</summary>
    TooManySets,

    /// <summary>The newest ARC-Message-Signature does not verify (step 4).</summary>
    MessageSignature,

    /// <summary>An ARC-Seal does not verify (step 6).</summary>
    Seal,

    /// <summary>A key could not be had now: answer 4xx and let the sender try again (RFC 8617 §5.2).</summary>
    KeyUnavailable,
}
