using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Plenum.Interop.Tests.Mail;

/// <summary>Debian's python3-dkim as a peer: jobs in as JSON, answers out, one process for all.</summary>
internal static class DkimPy
{
    private const string Script =
        """
        import base64, hashlib, json, sys
        import dkim
        from dkim.canonicalization import CanonicalizationPolicy

        def body_hashes(message):
            answers = []
            headers, body = dkim.rfc822_parse(message)
            for name, value in headers:
                if name.lower() == b"dkim-signature":
                    tags = dkim.parse_tag_value(value)
                    policy = CanonicalizationPolicy.from_c_value(tags.get(b"c", b"simple/simple"))
                    canonical = policy.canonicalize_body(body)
                    if b"l" in tags:
                        canonical = canonical[:int(tags[b"l"])]
                    digest = base64.b64encode(hashlib.sha256(canonical).digest())
                    answers.append(digest == b"".join(tags[b"bh"].split()))
            return answers

        for line in sys.stdin:
            job = json.loads(line)
            message = base64.b64decode(job["message"])
            dns = job.get("dns", {})
            lookup = lambda name, timeout=5: dns.get((name.decode() if isinstance(name, bytes) else name).rstrip("."), "").encode()
            op = job["op"]
            if op == "verify":
                answer = dkim.DKIM(message).verify(idx=job.get("index", 0), dnsfunc=lookup)
            elif op == "sign":
                # For Ed25519 the library takes the seed in base64, for RSA a PEM block.
                answer = dkim.sign(message, job["selector"].encode(), job["domain"].encode(), job["key"].encode(),
                    canonicalize=tuple(c.encode() for c in job["forms"]), signature_algorithm=job["algorithm"].encode()).decode()
            elif op == "arc-verify":
                answer = dkim.arc_verify(message, dnsfunc=lookup)[0].decode()
            elif op == "arc-sign":
                lines = dkim.arc_sign(message, job["selector"].encode(), job["domain"].encode(), job["key"].encode(), job["id"].encode())
                answer = b"".join(lines).decode()
            else:
                answer = body_hashes(message)
            print(json.dumps(answer), flush=True)
        """;

    /// <summary>Runs the jobs in order; one answer each.</summary>
    public static async Task<IReadOnlyList<JsonElement>> RunAsync(IReadOnlyList<object> jobs, CancellationToken cancellation)
    {
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = python.StandardError.ReadToEndAsync(cancellation);
        var output = python.StandardOutput.ReadToEndAsync(cancellation);
        foreach (var job in jobs)
        {
            await python.StandardInput.WriteLineAsync(JsonSerializer.Serialize(job).AsMemory(), cancellation);
        }

        python.StandardInput.Close();
        await python.WaitForExitAsync(cancellation);
        Assert.True(python.ExitCode == 0, $"python3-dkim, python3-authres and python3-nacl are needed: {await errors}");
        return [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public static string Base64(string message) => Convert.ToBase64String(Encoding.UTF8.GetBytes(message));
}
