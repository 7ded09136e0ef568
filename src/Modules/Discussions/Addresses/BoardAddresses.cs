using Plenum.Discussions.Domain;
using Plenum.Kernel.Addresses;

namespace Plenum.Discussions.Addresses;

/// <summary>Claims the addresses of all boards and of their commands. Answers from memory.</summary>
public sealed class BoardAddresses(BoardDirectory boards) : IAddressClaimant
{
    public int Order => 100; // Fixed addresses, before mailboxes that may be patterns.

    public async ValueTask<AddressClaim?> ClaimAsync(MailAddress address, CancellationToken cancellation)
    {
        var table = await boards.TableAsync(cancellation);
        var local = address.BaseLocalPart;
        if (table.FindByAddress($"{local}@{address.Domain}") is { } exact)
        {
            return Claim(exact, BoardMailboxKind.Posts);
        }

        var (name, kind) = BoardMailbox.Read(local);
        return kind != BoardMailboxKind.Posts && table.FindByAddress($"{name}@{address.Domain}") is { } board ? Claim(board, kind) : null;
    }

    /// <summary>Reads a claim's key again.</summary>
    public static bool TryRead(string key, out BoardId board, out BoardMailboxKind kind)
    {
        ArgumentNullException.ThrowIfNull(key);
        var parts = key.Split('/', 2);
        kind = default;
        board = default;
        return parts is [var id, var name] && BoardId.TryParse(id, null, out board) && Enum.TryParse(name, out kind);
    }

    private static AddressClaim? Claim(Board board, BoardMailboxKind kind)
        => MailAddress.TryParse(BoardMailbox.Write(board, kind), out var canonical)
            ? new(DiscussionsModule.Name, $"{board.Id}/{kind}", canonical)
            : null;
}

/// <summary>Mail for the domains of boards ends here.</summary>
internal sealed class BoardDomains(BoardDirectory boards) : ILocalDomains
{
    public async ValueTask<IReadOnlySet<string>> DomainsAsync(CancellationToken cancellation) => (await boards.TableAsync(cancellation)).Domains;
}
