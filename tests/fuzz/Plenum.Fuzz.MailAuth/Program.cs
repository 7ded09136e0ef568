using System.Globalization;
using Plenum.Fuzz.MailAuth;
using SharpFuzz;

// --afl: run under afl-fuzz with the instrumented library.
// --seeds DIR: write the seed inputs. SECONDS [SEED]: mutate the seeds blindly in this process and stop at the first finding.
switch (args)
{
    case ["--afl"]:
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var input = new MemoryStream();
            stream.CopyTo(input);
            MailAuthTarget.Run(input.ToArray());
        });
        return 0;
    case ["--seeds", var folder]:
        Directory.CreateDirectory(folder);
        foreach (var (index, seed) in Seeds.All.Index())
        {
            File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{index:00}")), seed);
        }

        return 0;
    case [var seconds, .. var rest]:
        return BlindMutation.Run(TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)),
            rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : Environment.TickCount);
    default:
        Console.Error.WriteLine("Usage: Plenum.Fuzz.MailAuth --afl | --seeds DIR | SECONDS [SEED]");
        return 2;
}
