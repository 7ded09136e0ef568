using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Plenum.Ui;

/// <summary>One file of the user interface, held in memory.</summary>
public sealed class Asset
{
    private readonly Lazy<byte[]?> _brotli;

    internal Asset(string name, string contentType, byte[] content)
    {
        (Name, ContentType, Content) = (name, contentType, content);
        _brotli = new(() => contentType.StartsWith("image/p", StringComparison.Ordinal) ? null : Compress(content));
    }

    public string Name { get; }

    public string ContentType { get; }

    public byte[] Content { get; }

    /// <summary>Its Brotli form, made when the first asks for it; null where it would not be smaller.</summary>
    public byte[]? Brotli => _brotli.Value;

    private static byte[]? Compress(byte[] content)
    {
        var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, buffer, out var written, quality: 9, window: 22) && written < content.Length
            ? buffer[..written]
            : null;
    }
}

/// <summary>
/// Every stylesheet, script and picture that assemblies embed under "assets/", served as <c>/assets/HASH/NAME</c>.
/// The hash is that of all files together, so scripts import each other by relative path and everything is immutable.
/// </summary>
public sealed class UiAssets
{
    public const string Prefix = "/assets/";
    private const string ResourcePrefix = "assets/";

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml; charset=utf-8",
        [".png"] = "image/png",
        [".webp"] = "image/webp",
        [".wasm"] = "application/wasm",
        [".webmanifest"] = "application/manifest+json",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly FrozenDictionary<string, Asset> _assets;

    /// <param name="assemblies">The user interface and every module; two files of the same name are a mistake.</param>
    public UiAssets(IEnumerable<Assembly> assemblies)
    {
        var assets = new SortedDictionary<string, Asset>(StringComparer.Ordinal);
        foreach (var assembly in assemblies.Append(typeof(UiAssets).Assembly).Distinct())
        {
            foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(ResourcePrefix, StringComparison.Ordinal)))
            {
                var asset = Load(assembly, resource);
                assets.Add(asset.Name, asset);
            }
        }

        _assets = assets.ToFrozenDictionary(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var asset in assets.Values)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(asset.Name));
            hash.AppendData(asset.Content);
        }

        Version = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
        Sprite = this["icons.svg"] + "#";
        Mark = "data:image/svg+xml," + Uri.EscapeDataString(Encoding.UTF8.GetString(Find("mark.svg")!.Content).Trim());
    }

    /// <summary>Changes whenever any file changes.</summary>
    public string Version { get; }

    /// <summary>Address of the icon sprite up to the icon's name.</summary>
    public string Sprite { get; }

    /// <summary>The mark of the house as an address of its own: the browser's tab needs no request for it.</summary>
    public string Mark { get; }

    public IEnumerable<string> Names => _assets.Keys;

    /// <summary>The address of a file, e.g. of "plenum.css" or "chat/chat.js".</summary>
    public string this[string name] => $"{Prefix}{Version}/{name}";

    public Asset? Find(string name) => _assets.GetValueOrDefault(name);

    private static Asset Load(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var name = resource[ResourcePrefix.Length..].Replace('\\', '/');
        var type = Types.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream");
        return new(name, type, content);
    }
}
