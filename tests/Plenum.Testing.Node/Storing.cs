using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plenum.Kernel.Blobs;

namespace Plenum.Testing.Node;

/// <summary>Stores blobs of random content for ever, and names each once it is stored.</summary>
internal static class Storing
{
    public static async Task<int> RunAsync(IHost host)
    {
        var store = host.Services.GetRequiredService<IBlobStore>();
        while (true)
        {
            var stored = await store.PutAsync(
                new MemoryStream(RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 2_000_000))), long.MaxValue, CancellationToken.None);
            Console.WriteLine(stored.Hash);
        }
    }
}
