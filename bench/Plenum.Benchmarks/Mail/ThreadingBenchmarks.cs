using System.Globalization;
using BenchmarkDotNet.Attributes;
using Plenum.Protocols.Mail.Threading;

namespace Plenum.Benchmarks.Mail;

/// <summary>
/// A mailbox of 100,000 messages in some 20,000 threads, each answer naming its ancestors as mail programs do. One operation threads them all,
/// but for the last, which adds one new message to them and asks for its thread.
/// </summary>
[MemoryDiagnoser]
public class ThreadingBenchmarks
{
    private const int Messages = 100_000;

    private readonly ThreadMessage<int>[] _mailbox = new ThreadMessage<int>[Messages];
    private readonly ThreadMessage<int>[] _shuffled = new ThreadMessage<int>[Messages];
    private ThreadForest<int> _forest = null!;
    private int _next = Messages;

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(4711);
        var start = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < Messages; i++)
        {
            var answered = i == 0 || random.Next(5) == 0 ? null : _mailbox[random.Next(Math.Max(0, i - 500), i)];
            _mailbox[i] = new ThreadMessage<int>(i)
            {
                MessageId = Id(i),
                References = answered is null ? [] : [.. answered.References.TakeLast(20), answered.MessageId],
                Subject = answered is null ? string.Create(CultureInfo.InvariantCulture, $"[techtalk] Subject {i}") : $"Re: {answered.Subject}",
                Date = start.AddMinutes(i),
            };
        }

        _mailbox.CopyTo(_shuffled, 0);
        random.Shuffle(_shuffled);
        _forest = new ThreadForest<int>();
        Array.ForEach(_mailbox, message => _forest.Add(message));
        _forest.ToThreads();
    }

    [Benchmark]
    public int References_of_100_000_messages_with_subjects_joined() => Threads.ByReferences(_mailbox).Count;

    [Benchmark]
    public int Ordered_subject_of_100_000_messages() => Threads.ByOrderedSubject(_mailbox).Count;

    [Benchmark]
    public int Forest_of_100_000_messages_in_random_order()
    {
        var forest = new ThreadForest<int>();
        Array.ForEach(_shuffled, message => forest.Add(message));
        return forest.ToThreads().Count;
    }

    [Benchmark]
    public int Add_one_message_and_read_its_thread()
    {
        var answered = _mailbox[_next % Messages];
        var message = answered with { Key = _next, MessageId = Id(_next), References = [.. answered.References, answered.MessageId], Date = answered.Date.AddYears(1) };
        _next++;
        _forest.Add(message);
        var thread = _forest.ThreadOf(message.Key)!.Children.Count;
        _forest.Remove(message.Key);
        return thread;
    }

    private static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:x8}.abcdefgh@mail.plenum.test");
}
