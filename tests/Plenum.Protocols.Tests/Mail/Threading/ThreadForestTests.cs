using CsCheck;
using Plenum.Protocols.Mail.Threading;

namespace Plenum.Protocols.Tests.Mail.Threading;

public sealed class ThreadForestTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Few ids, so that messages meet: answers, missing parents, circles, copies, messages without id.</summary>
    private static readonly Gen<ThreadMessage<int>[]> Mails = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9].Array[0, 4], Gen.Int[0, 6], Gen.Int[0, 3])
        .Array[0, 12].Select(drawn => drawn.Select((mail, index) => new ThreadMessage<int>(index + 1)
        {
            MessageId = mail.Item1 == 0 ? "" : $"{mail.Item1}@plenum.test",
            References = [.. mail.Item2.Select(number => $"{number}@plenum.test")],
            Date = Start.AddMinutes(mail.Item3),
            Subject = mail.Item4 switch { 0 => "", 1 => "a", 2 => "Re: a", _ => "b" },
        }).ToArray());

    private static readonly Gen<(ThreadMessage<int>[] Mails, int Seed)> Shuffled = Gen.Select(Mails, Gen.Int);

    [Theory]
    [InlineData(ThreadOrder.SentDate)]
    [InlineData(ThreadOrder.Key)]
    public void Any_order_of_arrival_gives_the_same_forest(ThreadOrder order) => Shuffled.Sample(drawn =>
    {
        var random = new Random(drawn.Seed);
        var other = drawn.Mails.ToArray();
        random.Shuffle(other);
        return Text(drawn.Mails, order) == Text(other, order, () => random.Next(3) == 0) && Text(drawn.Mails, order, isJoined: true) == Text(other, order, isJoined: true);
    }, iter: 20_000);

    [Fact]
    public void By_sent_date_even_the_keys_of_arrival_do_not_matter() => Shuffled.Sample(drawn =>
    {
        var ids = drawn.Mails.Select((mail, i) => mail with { MessageId = $"{i}@plenum.test", Date = Start.AddMinutes(i % 3) }).ToArray();
        var other = ids.ToArray();
        new Random(drawn.Seed).Shuffle(other);
        return ByIds(ids) == ByIds(other);

        static string ByIds(ThreadMessage<int>[] mails)
        {
            var forest = new ThreadForest<int>();
            var byKey = mails.Select((mail, arrival) => mail with { Key = arrival }).ToList();
            byKey.ForEach(mail => forest.Add(mail));
            return string.Join('|', byKey.Select(mail => mail.MessageId + (forest.TryGetParent(mail.Key, out var parent) ? "<" + byKey[parent].MessageId : "")).Order(StringComparer.Ordinal));
        }
    });

    [Fact]
    public void Taking_a_message_out_leaves_the_forest_of_the_others() => Shuffled.Where(drawn => drawn.Mails.Length > 0).Sample(drawn =>
    {
        var random = new Random(drawn.Seed);
        var gone = drawn.Mails[random.Next(drawn.Mails.Length)];
        var forest = new ThreadForest<int>();
        Array.ForEach(drawn.Mails, mail => forest.Add(mail));
        return forest.Remove(gone.Key) && !forest.Remove(gone.Key)
            && ThreadText.Write(forest.ToThreads()) == Text([.. drawn.Mails.Where(mail => mail != gone)], ThreadOrder.SentDate);
    });

    [Fact]
    public void Every_message_stands_in_the_forest_once_and_parents_agree() => Mails.Sample(mails =>
    {
        var forest = new ThreadForest<int>();
        Array.ForEach(mails, mail => forest.Add(mail));
        var seen = new List<int>();
        var stack = new Stack<(ThreadNode<int> Node, int? Parent)>(forest.ToThreads().Select(root => (root, (int?)null)));
        while (stack.TryPop(out var next))
        {
            var key = next.Node.Message?.Key;
            if (key is { } present)
            {
                seen.Add(present);
                Assert.Equal(next.Parent, forest.TryGetParent(present, out var parent) ? parent : null);
            }
            else
            {
                Assert.Null(next.Parent);
                Assert.True(next.Node.Children.Count > 1);
            }

            foreach (var child in next.Node.Children)
            {
                stack.Push((child, key));
            }
        }

        Assert.Equal(mails.Select(mail => mail.Key).Order(), seen.Order());
    });

    [Fact]
    public void Keys_that_a_language_holds_for_equal_are_two() // Found by fuzzing.
    {
        ThreadMessage<string>[] messages = [new("\u0001"), new("")];
        var (forward, backward) = (new ThreadForest<string>(), new ThreadForest<string>());
        Array.ForEach(messages, m => forward.Add(m));
        Array.ForEach([.. messages.Reverse()], (ThreadMessage<string> m) => backward.Add(m));
        Assert.Equal(ThreadText.Write(forward.ToThreads(joinSubjects: true)), ThreadText.Write(backward.ToThreads(joinSubjects: true)));
    }

    [Fact]
    public void A_late_parent_takes_its_place()
    {
        var forest = new ThreadForest<string>();
        forest.Add(Mail("answer", 2, "first"));
        forest.Add(Mail("other answer", 3, "first"));
        Assert.False(forest.TryGetParent("answer", out _));
        Assert.Equal("((answer)(other answer))", ThreadText.Write(forest.ToThreads()));

        forest.Add(Mail("first", 1));
        Assert.True(forest.TryGetParent("answer", out var parent));
        Assert.Equal("first", parent);
        Assert.Equal("(first (answer)(other answer))", ThreadText.Write([forest.ThreadOf("answer")!]));
        Assert.False(forest.Add(Mail("first", 1)));
        Assert.Equal(3, forest.Count);
        Assert.Null(forest.ThreadOf("unknown"));
    }

    [Fact]
    public void A_missing_message_in_between_is_bridged()
    {
        var forest = new ThreadForest<string>();
        forest.Add(Mail("first", 1));
        forest.Add(Mail("third", 3, "first", "second"));
        Assert.Equal("(first third)", ThreadText.Write(forest.ToThreads()));
        forest.Add(Mail("second", 2, "first"));
        Assert.Equal("(first second third)", ThreadText.Write(forest.ToThreads()));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_chain_of_100_000_answers_is_one_thread(bool isBackwards, bool isWithLoop)
    {
        var chain = Enumerable.Range(0, 100_000).Select(i => new ThreadMessage<int>(i)
        {
            MessageId = $"{i}@plenum.test",
            References = i > 0 || isWithLoop ? [$"{(i + 99_999) % 100_000}@plenum.test"] : [],
            Date = Start.AddSeconds(i),
        });
        var forest = new ThreadForest<int>();
        foreach (var mail in isBackwards ? chain.Reverse() : chain)
        {
            forest.Add(mail);
        }

        var thread = Assert.Single(forest.ToThreads());
        Assert.Equal(100_000, Size(thread));
        Assert.Equal(isWithLoop ? 99_999 : 0, thread.Message!.Key);
    }

    /// <summary>Two long chains are cut and tied again and again, each time asking whether that closes a circle.</summary>
    [Fact]
    public void Long_hostile_references_are_bounded()
    {
        var forest = new ThreadForest<int>();
        for (var i = 0; i < 2000; i++)
        {
            var shift = i;
            forest.Add(new ThreadMessage<int>(i)
            {
                MessageId = $"{i * 7 % 2000}@plenum.test",
                References = [.. Enumerable.Range(0, 2000).Select(n => $"{(n * 13 + shift) % 2000}@plenum.test")],
                Date = Start.AddSeconds(i),
            });
        }

        Assert.Equal(2000, forest.ToThreads().Sum(Size));
    }

    [Fact]
    public void IMAP_joins_threads_of_one_subject()
    {
        Assert.Equal("(1 2)", Joined("a", "Re: a"));
        Assert.Equal("(2 1)", Joined("Re: a", "a"));
        Assert.Equal("((1)(2))", Joined("a", "a"));
        Assert.Equal("((1)(2)(3))", Joined("a", "a", "Re: A"));
        Assert.Equal("(1)(2)", Joined("", ""));
        Assert.Equal("((1)(2))", Joined("Re: a", "Re: [x] a"));

        static string Joined(params string[] subjects) => ThreadText.Write(Threads.ByReferences(
            subjects.Select((subject, i) => new ThreadMessage<int>(i + 1) { Subject = subject, Date = Start.AddMinutes(i) })));
    }

    [Fact]
    public void Ordered_subject_makes_the_first_the_parent_of_all()
    {
        string[] subjects = ["b", "a", "Re: b", "Re: a", "c", "A"];
        Assert.Equal("(5)(6 (2)(4))(1 3)", ThreadText.Write(Threads.ByOrderedSubject(
            subjects.Select((subject, i) => new ThreadMessage<int>(i + 1) { Subject = subject, Date = Start.AddMinutes(i == 4 ? -2 : i == 5 ? -1 : i == 0 ? 0 : 10 - i + (i > 2 ? 9 : 0)) }))));
        Assert.Empty(Threads.ByOrderedSubject<int>([]));
    }

    private static string Text(ThreadMessage<int>[] mails, ThreadOrder order, Func<bool>? isAsked = null, bool isJoined = false)
    {
        var forest = new ThreadForest<int>(order);
        foreach (var mail in mails)
        {
            Assert.True(forest.Add(mail));
            if (isAsked?.Invoke() is true)
            {
                forest.ThreadOf(mail.Key);
            }
        }

        return ThreadText.Write(forest.ToThreads(isJoined));
    }

    private static int Size(ThreadNode<int> thread)
    {
        var size = 0;
        var stack = new Stack<ThreadNode<int>>([thread]);
        while (stack.TryPop(out var node))
        {
            size += node.Message is null ? 0 : 1;
            foreach (var child in node.Children)
            {
                stack.Push(child);
            }
        }

        return size;
    }

    private static ThreadMessage<string> Mail(string id, int minute, params string[] references)
        => new(id) { MessageId = id, References = references, Date = Start.AddMinutes(minute) };
}
