using System.Diagnostics;
using System.Text;

namespace Plenum.Interop.Tests.Mail.Dovecot;

/// <summary>Debian's Dovecot as a peer, without a listening server: its IMAP process on a pipe, and Pigeonhole's sieve-test.</summary>
internal sealed class Dovecot : IDisposable
{
    // Dovecot opens no mail as root.
    private static readonly string User = Environment.UserName == "root" ? "nobody" : Environment.UserName;

    private readonly string _folder = Directory.CreateTempSubdirectory("plenum-dovecot-").FullName;

    public Dovecot()
    {
        foreach (var box in (string[])["cur", "new", "tmp", ".Archiv/cur", ".Archiv/new", ".Archiv/tmp"])
        {
            Directory.CreateDirectory(Path.Combine(_folder, "mail", box));
        }

        using var open = Process.Start("chmod", ["-R", "a+rwX", _folder]);
        open.WaitForExit();

        File.WriteAllText(
            Path.Combine(_folder, "dovecot.conf"),
            $$"""
            mail_location = maildir:{{_folder}}/mail
            base_dir = {{_folder}}/run
            log_path = {{_folder}}/log
            mail_uid = {{User}}
            mail_gid = {{(User == "nobody" ? "nogroup" : "")}}
            first_valid_uid = 0
            first_valid_gid = 0
            plugin {
              sieve_extensions = +vacation-seconds
              sieve_user_email = emil@plenum.test
            }
            """);
    }

    /// <summary>Puts mails into the inbox, in this order.</summary>
    public void Fill(IEnumerable<byte[]> mails)
    {
        foreach (var (index, mail) in mails.Index())
        {
            File.WriteAllBytes(Path.Combine(_folder, "mail", "cur", FormattableString.Invariant($"{1_700_000_000 + index}.M{index:D6}.host:2,S")), mail);
        }
    }

    /// <summary>Sends commands and takes all answers. LOGOUT comes when the last is answered: Dovecot drops what its pipe could not take by then.</summary>
    /// <param name="commands">Each with its own tag and CRLF.</param>
    public async Task<byte[]> ImapAsync(string commands, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("/usr/lib/dovecot/imap") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["USER"] = User;
        start.Environment["HOME"] = _folder;
        start.Environment["CONFIG_FILE"] = Path.Combine(_folder, "dovecot.conf");
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(commands.AsMemory(), cancellation);
        await process.StandardInput.FlushAsync(cancellation); // It stays open: Dovecot answers nobody who has hung up.
        var answered = Encoding.ASCII.GetBytes($"\r\n{commands.TrimEnd().Split('\n')[^1].Split(' ')[0]} ");
        using var answers = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await process.StandardOutput.BaseStream.ReadAsync(buffer, cancellation) is > 0 and var read)
        {
            answers.Write(buffer, 0, read);
            if (answers.GetBuffer().AsSpan(0, (int)answers.Length)[^Math.Min((int)answers.Length, 512)..].IndexOf(answered) >= 0)
            {
                break;
            }
        }

        await process.StandardInput.WriteAsync("bye LOGOUT\r\n".AsMemory(), cancellation);
        await process.StandardInput.FlushAsync(cancellation);
        await process.StandardOutput.BaseStream.CopyToAsync(answers, cancellation);
        await process.WaitForExitAsync(cancellation);
        return answers.ToArray();
    }

    /// <summary>Runs a script over a mail.</summary>
    /// <returns>What sieve-test says, or null if the script does not compile or fails.</returns>
    public async Task<string?> SieveAsync(string script, byte[] mail, string from, string to, CancellationToken cancellation)
    {
        var (scriptFile, mailFile) = (Path.Combine(_folder, "script.sieve"), Path.Combine(_folder, "mail.eml"));
        await File.WriteAllTextAsync(scriptFile, script, new UTF8Encoding(false), cancellation);
        await File.WriteAllBytesAsync(mailFile, mail, cancellation);
        var start = new ProcessStartInfo("sieve-test", ["-c", Path.Combine(_folder, "dovecot.conf"), "-C", "-f", from.Length == 0 ? "<>" : from, "-a", to, scriptFile, mailFile])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TZ"] = "Europe/Berlin";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var said = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        await errors;
        return process.ExitCode == 0 ? said : null;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
