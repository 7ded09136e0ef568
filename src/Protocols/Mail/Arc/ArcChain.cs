using System.Globalization;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Mail.Arc;

/// <summary>Collects the sets of a header and checks their structure (RFC 8617 §5.2 steps 1 to 3).</summary>
internal static class ArcChain
{
    /// <summary>RFC 8617 §4.2.1</summary>
    public const int MaxInstance = 50;

    public const string ResultsField = "ARC-Authentication-Results";
    public const string MessageSignatureField = "ARC-Message-Signature";
    public const string SealField = "ARC-Seal";

    /// <summary>A verdict if there is nothing to verify; null with the sets, oldest first, if there is.</summary>
    public static ArcVerdict? Collect(HeaderBlock header, out IReadOnlyList<ArcSet> sets)
    {
        sets = [];
        var results = header.PositionsOf(ResultsField);
        var signatures = header.PositionsOf(MessageSignatureField);
        var seals = header.PositionsOf(SealField);
        var count = Math.Max(results.Count, Math.Max(signatures.Count, seals.Count));
        if (count == 0)
        {
            return new ArcVerdict(ArcStatus.None, ArcProblem.None, []);
        }

        var found = new SortedDictionary<int, Parts>();
        if (count > MaxInstance)
        {
            return Fail(ArcProblem.TooManySets, MaxInstance);
        }

        var isReadable = ReadFields(header, seals, found, (parts, position, field) => parts.AddSeal(position, field))
            & ReadFields(header, signatures, found, (parts, position, field) => parts.AddSignature(position, field))
            & ReadFields(header, results, found, (parts, position, field) => parts.AddResults(position, field));
        var highest = found.Count > 0 ? found.Last().Key : 0;
        var ended = found.FirstOrDefault(pair => pair.Value.Seal?.ChainStatus is ArcStatus.Fail).Key;
        if (ended > 0)
        {
            return Fail(ArcProblem.FailedBefore, highest, ended);
        }

        if (!isReadable)
        {
            return Fail(ArcProblem.Syntax, highest);
        }

        if (highest != count || found.Values.Any(parts => !parts.IsComplete))
        {
            return Fail(ArcProblem.Structure, highest);
        }

        sets = [.. found.Select(pair => pair.Value.ToSet(pair.Key))];
        var wrong = sets.FirstOrDefault(set => set.Seal.ChainStatus != (set.Instance == 1 ? ArcStatus.None : ArcStatus.Pass));
        return wrong is null ? null : Fail(ArcProblem.ChainValue, highest, wrong.Instance);
    }

    private static ArcVerdict Fail(ArcProblem problem, int highest, int instance = 0)
        => new(ArcStatus.Fail, problem, []) { Instance = instance, HighestInstance = highest };

    private static bool ReadFields(
        HeaderBlock header, IReadOnlyList<int> positions, SortedDictionary<int, Parts> found, Func<Parts, int, Field, bool> add)
    {
        var isGood = true;
        foreach (var position in positions)
        {
            if (!Field.TryRead(header.Fields[position], out var field))
            {
                isGood = false;
                continue;
            }

            if (!found.TryGetValue(field.Instance, out var parts))
            {
                found[field.Instance] = parts = new Parts();
            }

            isGood &= add(parts, position, field);
        }

        return isGood;
    }

    /// <summary>A field with its instance: results have "i=N;" in front, the others are tag lists.</summary>
    private readonly record struct Field(int Instance, TagList? Tags, string Text)
    {
        public static bool TryRead(HeaderField header, out Field field)
        {
            field = default;
            var value = header.Value;
            if (!header.Is(ResultsField))
            {
                var isList = TagList.TryParse(value, out var tags);
                field = new Field(ReadInstance(tags?["i"]), tags, "");
                return isList && field.Instance > 0;
            }

            var semicolon = value.IndexOf(';');
            var equals = value.IndexOf('=');
            if (semicolon < 0 || equals < 0 || equals > semicolon || value[..equals].Trim() != "i")
            {
                return false;
            }

            field = new Field(ReadInstance(value[(equals + 1)..semicolon].Trim()), null, value[(semicolon + 1)..].Trim());
            return field.Instance > 0;
        }

        private static int ReadInstance(string? text)
            => text is { Length: 1 or 2 } && text[0] != '0'
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var instance) && instance <= MaxInstance ? instance : 0;
    }

    private sealed class Parts
    {
        private string? _results;
        private DkimSignature? _signature;
        private int _resultsPosition, _signaturePosition, _sealPosition;

        public ArcSeal? Seal { get; private set; }

        public bool IsComplete => _results is not null && _signature is not null && Seal is not null;

        public bool AddSeal(int position, Field field)
        {
            var isFirst = Seal is null && ArcSeal.TryRead(field.Tags!, out var seal) && (Seal = seal) is not null;
            _sealPosition = position;
            return isFirst;
        }

        public bool AddSignature(int position, Field field)
        {
            var isFirst = _signature is null && DkimSignature.TryRead(field.Tags!, out var signature, out _, "relaxed/relaxed") && (_signature = signature) is not null;

            // RFC 8617 §4.1.2: an ARC-Seal cannot be covered, it is made afterwards.
            var isGood = isFirst && !_signature!.SignedFields.Contains(SealField, StringComparer.OrdinalIgnoreCase);
            _signaturePosition = position;
            return isGood;
        }

        public bool AddResults(int position, Field field)
        {
            var isFirst = _results is null;
            _results = field.Text;
            _resultsPosition = position;
            return isFirst;
        }

        public ArcSet ToSet(int instance) => new(instance, _results!, _signature!, Seal!)
        {
            ResultsPosition = _resultsPosition,
            MessageSignaturePosition = _signaturePosition,
            SealPosition = _sealPosition,
        };
    }
}
