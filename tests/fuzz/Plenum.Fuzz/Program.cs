using System.Globalization;
using System.Runtime.InteropServices;
using Plenum.Fuzz;
using Plenum.Fuzz.Imap;
using Plenum.Fuzz.MailAuth;
using Plenum.Fuzz.MailReading;
using Plenum.Fuzz.Sieve;
using Plenum.Fuzz.Smtp;
using Plenum.Fuzz.Wikitext;
using Plenum.Fuzz.Xmpp;
using SharpFuzz;

// bin/fuzz builds, instruments and drives this program.
// list: names of the targets. TARGET --seeds DIR: write its seeds. TARGET --afl: take inputs from afl-fuzz. TARGET FILE...: run inputs, to look at a finding.

// Instrumented code marks where it passes in this map, until the fuzzer hands over its own of the same size.
unsafe
{
    SharpFuzz.Common.Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(1 << 16);
}

FuzzTarget[] targets = [MailAuthTarget.Target, .. MailReadingTargets.All, .. XmppTargets.All, .. ImapTargets.All, SieveTargets.Target, .. SmtpTargets.All, .. WikitextTargets.All];
switch (args)
{
    case ["list"]:
        Console.WriteLine(string.Join('\n', targets.Select(t => t.Name)));
        return 0;
    case [var name, "--seeds", var folder] when Find(name) is { } target:
        Directory.CreateDirectory(folder);
        foreach (var (index, seed) in target.Seeds().Index())
        {
            File.WriteAllBytes(Path.Combine(folder, index.ToString("D3", CultureInfo.InvariantCulture)), seed);
        }

        return 0;
    case [var name, "--afl"] when Find(name) is { } target:
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            target.Run(input.ToArray());
        });
        return 0;
    case [var name, .. { Length: > 0 } files] when Find(name) is { } target:
        foreach (var file in files)
        {
            target.Run(File.ReadAllBytes(file));
        }

        return 0;
    default:
        Console.Error.WriteLine("Usage: Plenum.Fuzz list | TARGET --seeds DIR | TARGET --afl | TARGET FILE...");
        return 2;
}

FuzzTarget? Find(string name) => Array.Find(targets, t => t.Name == name);
