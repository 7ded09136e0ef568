using System.Diagnostics;

namespace Plenum.Fuzz.MailAuth;

/// <summary>Mutates the seeds without knowing the code: for machines without AFL. A finding is an exception or an input that takes a second.</summary>
internal static class BlindMutation
{
    /// <summary>No input may take longer; generous, because other work may run beside.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Inputs that grow larger are cut.</summary>
    private const int MaxLength = 8192;

    public static int Run(TimeSpan duration, int seed)
    {
        var random = new Random(seed);
        var clock = Stopwatch.StartNew();
        long runs = 0;
        while (clock.Elapsed < duration)
        {
            var input = Mutate(random);
            var started = Stopwatch.GetTimestamp();
            try
            {
                MailAuthTarget.Run(input);
            }
            catch (Exception finding)
            {
                return Report(input, finding.ToString());
            }

            if (Stopwatch.GetElapsedTime(started) > Patience)
            {
                return Report(input, $"took {Stopwatch.GetElapsedTime(started)}");
            }

            runs++;
        }

        Console.WriteLine($"{runs} inputs, no finding, seed {seed}");
        return 0;
    }

    private static byte[] Mutate(Random random)
    {
        var input = new List<byte>(Seeds.All[random.Next(Seeds.All.Count)]);
        for (var changes = random.Next(1, 8); changes > 0; changes--)
        {
            var at = random.Next(1, input.Count + 1);
            var length = Math.Min(random.Next(1, 30), input.Count - at);
            switch (random.Next(6))
            {
                case 0 when at < input.Count:
                    input[at] = (byte)random.Next(256);
                    break;
                case 1 when at < input.Count:
                    input[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    input.RemoveRange(at, length);
                    break;
                case 3:
                    input.InsertRange(at, input.GetRange(at, length));
                    break;
                case 4:
                    input.Insert(at, (byte)";=:.%{}()\"\\<>,@/ \t\r\n09"[random.Next(22)]);
                    break;
                default:
                    var other = Seeds.All[random.Next(Seeds.All.Count)];
                    var from = random.Next(1, other.Length);
                    input.InsertRange(at, other[from..Math.Min(other.Length, from + length + 1)]);
                    break;
            }
        }

        return [.. input.Take(MaxLength)];
    }

    private static int Report(byte[] input, string what)
    {
        Console.WriteLine($"FINDING: {Convert.ToBase64String(input)}\n{what}");
        return 1;
    }
}
