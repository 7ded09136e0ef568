namespace Plenum.Protocols.Mail.Dkim;

/// <summary>The different body hashes a message's signatures ask for, computed in one pass.</summary>
internal sealed class BodyHashSet : IDisposable
{
    private readonly List<(Canonicalization Form, long? Limit, DkimBodyHasher Hasher)> _wanted = [];

    /// <summary>Asks for a hash; returns its index in what <see cref="Finish"/> yields.</summary>
    public int Want(Canonicalization form, long? limit)
    {
        var index = _wanted.FindIndex(w => w.Form == form && w.Limit == limit);
        if (index >= 0)
        {
            return index;
        }

        _wanted.Add((form, limit, new DkimBodyHasher(form, limit)));
        return _wanted.Count - 1;
    }

    public void Append(ReadOnlySpan<byte> piece)
    {
        foreach (var (_, _, hasher) in _wanted)
        {
            hasher.Append(piece);
        }
    }

    public DkimBodyHash[] Finish() => [.. _wanted.Select(w => w.Hasher.Finish())];

    public void Dispose()
    {
        foreach (var (_, _, hasher) in _wanted)
        {
            hasher.Dispose();
        }
    }
}
