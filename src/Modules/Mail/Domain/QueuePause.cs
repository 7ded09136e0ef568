using Plenum.Contracts.Organisation;

namespace Plenum.Mail.Domain;

/// <summary>An operator stopped mail to a domain, or all mail.</summary>
public sealed class QueuePause
{
    /// <summary>Stands for every domain.</summary>
    public const string Everything = "*";

    public required string Domain { get; init; }

    public required DateTime Since { get; init; }

    public required AccountId ByAccount { get; init; }
}

/// <summary>An address that gets no mail from modules any more: its owner complained, or an operator said so. People still may write to it.</summary>
public sealed class SuppressedAddress
{
    /// <summary>In lower case.</summary>
    public required string Address { get; init; }

    public required DateTime Since { get; init; }

    /// <summary>For operators, at most 500 characters.</summary>
    public required string Reason { get; init; }
}
