using System.Buffers;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Mail.Arc;

/// <summary>What a seal is computed over (RFC 8617 §5.1.1): all sets in order, each as results, message signature, seal, relaxed.</summary>
internal static class ArcSealScope
{
    public static void Write(HeaderBlock header, IEnumerable<ArcSet> sets, IBufferWriter<byte> output)
    {
        foreach (var set in sets)
        {
            WriteField(header.Fields[set.ResultsPosition].Raw.Span, output);
            WriteField(header.Fields[set.MessageSignaturePosition].Raw.Span, output);
            WriteField(header.Fields[set.SealPosition].Raw.Span, output);
        }
    }

    public static void WriteField(ReadOnlySpan<byte> field, IBufferWriter<byte> output)
    {
        HeaderCanonicalizer.Write(field, Canonicalization.Relaxed, output);
        output.Write("\r\n"u8);
    }
}
