using System.Buffers;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>Watches octets that stream past for a CR without LF or an LF without CR. The pieces may be cut anywhere.</summary>
internal sealed class CrLfGuard
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);
    private bool _pendingReturn;

    public bool HasBareLineEnd { get; private set; }

    public void Append(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && !HasBareLineEnd)
        {
            if (_pendingReturn)
            {
                HasBareLineEnd = piece[0] != '\n';
                _pendingReturn = false;
                piece = piece[1..];
                continue;
            }

            var at = piece.IndexOfAny(LineEnds);
            if (at < 0)
            {
                return;
            }

            HasBareLineEnd = piece[at] == '\n';
            _pendingReturn = piece[at] == '\r';
            piece = piece[(at + 1)..];
        }
    }

    /// <summary>The octets have ended.</summary>
    public void Finish() => HasBareLineEnd |= _pendingReturn;
}
