using Plenum.Discussions.Domain;
using Plenum.Discussions.Reading;

namespace Plenum.Modules.Tests.Discussions;

public sealed class ThreadPlacesTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 20, 0, 0, DateTimeKind.Utc);
    private static readonly BoardId Board = BoardId.New();
    private readonly ThreadPlaces _places = new([], [], [], []);

    [Fact]
    public void An_answer_joins_the_thread_of_what_it_answers()
    {
        var (first, answer) = (Write("a"), Write("b", "Re: x", "a"));
        Assert.Same(_places.Place(first), _places.Place(answer));
        Assert.Equal(first.Id, answer.ParentId);
        Assert.Equal(2, Assert.Single(_places.Begun).Posts);
    }

    [Fact]
    public void The_last_reference_is_the_parent()
    {
        var (a, b, c) = (Write("a"), Write("b", "Re: x", "a"), Write("c", "Re: x", "a", "b"));
        Place(a, b, c);
        Assert.Equal(b.Id, c.ParentId);
    }

    [Fact]
    public void Answers_of_a_message_that_never_came_belong_together()
    {
        var (b, c) = (Write("b", "Re: x", "lost"), Write("c", "Re: x", "lost"));
        Place(b, c);
        Assert.Equal(b.ThreadId, c.ThreadId);
        Assert.Null(c.ParentId);
    }

    [Fact]
    public void A_message_that_comes_after_its_answers_takes_its_place_above_them()
    {
        var (answer, other, first) = (Write("b", "Re: x", "a"), Write("c", "Re: x", "a", "b"), Write("a"));
        Place(answer, other, first);
        Assert.Equal(answer.ThreadId, first.ThreadId);
        Assert.Equal(first.Id, answer.ParentId);
        Assert.Equal(answer.Id, other.ParentId);
        Assert.Empty(_places.NewlyExpected);
    }

    [Fact]
    public void A_late_message_between_two_threads_joins_them()
    {
        var (root, leaf, middle) = (Write("a"), Write("c", "Re: x", "b"), Write("b", "Re: x", "a"));
        Place(root, leaf);
        Assert.NotEqual(root.ThreadId, leaf.ThreadId);
        Place(middle);
        var (from, to) = Assert.Single(_places.Merged);
        Assert.Equal(root.ThreadId, to.Id);
        Assert.Equal(to.Id, from.MergedInto);
        Assert.Equal(middle.Id, leaf.ParentId);
        Assert.Equal(to.Id, leaf.ThreadId);
    }

    [Fact]
    public void Naming_messages_of_two_threads_glues_nothing_together()
    {
        var (a, b, forged) = (Write("a", "One"), Write("b", "Two"), Write("c", "Re: Two", "a", "b"));
        Place(a, b, forged);
        Assert.Empty(_places.Merged);
        Assert.NotEqual(a.ThreadId, b.ThreadId);
        Assert.Equal(b.ThreadId, forged.ThreadId);
    }

    [Theory]
    [InlineData("Re: Radweg")]
    [InlineData("AW: [techtalk] Radweg")]
    [InlineData("[techtalk] Re: radweg")]
    public void A_reply_without_references_is_found_by_its_subject(string subject)
    {
        var (first, reply) = (Write("a", "Radweg"), Write("b", subject));
        Place(first, reply);
        Assert.Equal(first.ThreadId, reply.ThreadId);
    }

    [Fact]
    public void A_new_mail_with_an_old_subject_begins_anew()
    {
        var (first, second) = (Write("a", "Einladung"), Write("b", "Einladung"));
        Place(first, second);
        Assert.NotEqual(first.ThreadId, second.ThreadId);
        Assert.NotEqual(_places.Begun[0].Slug, _places.Begun[1].Slug);
    }

    [Fact]
    public void Two_that_claim_to_answer_each_other_stand_side_by_side()
    {
        var (a, b) = (Write("a", "Re: x", "b"), Write("b", "Re: x", "a"));
        Place(a, b);
        Assert.Equal(a.ThreadId, b.ThreadId);
        var order = ThreadOutline.Arrange([(a.Id, a.ParentId), (b.Id, b.ParentId)]);
        Assert.Equal(2, order.Count);
    }

    [Fact]
    public void Every_post_is_arranged_once_even_in_a_circle()
    {
        var ids = Enumerable.Range(0, 5).Select(_ => PostId.New()).ToArray();
        var order = ThreadOutline.Arrange([(ids[0], null), (ids[1], ids[0]), (ids[2], ids[4]), (ids[3], ids[2]), (ids[4], ids[3])]);
        Assert.Equal(ids.ToHashSet(), order.Select(o => o.Id).ToHashSet());
        Assert.Equal(1, order.Single(o => o.Id == ids[1]).Depth);
    }

    [Theory]
    [InlineData("Re: AW: Re[2]: Radweg", "Radweg", "radweg", true)]
    [InlineData("[PATCH v2 1/3] tpm: fix", "[PATCH v2 1/3] tpm: fix", "tpm: fix", false)]
    [InlineData("Re: [PATCH] tpm: fix", "[PATCH] tpm: fix", "tpm: fix", true)]
    [InlineData("[nur Klammern]", "[nur Klammern]", "[nur klammern]", false)]
    [InlineData("Reise nach Rom", "Reise nach Rom", "reise nach rom", false)]
    [InlineData("", "", "", false)]
    public void Subjects_are_read(string subject, string plain, string key, bool isReply)
        => Assert.Equal(new SubjectLine(plain, key, isReply), SubjectLine.Read(subject));

    private void Place(params Post[] posts)
    {
        foreach (var post in posts)
        {
            _places.Place(post);
        }
    }

    private static Post Write(string id, string subject = "x", params string[] references)
        => new(Board, PostOrigin.Mail, new($"{id}@example.net", MessageHash.Of($"{id}@example.net"), id, [.. references.Select(r => $"{r}@example.net")], subject, Now), new(null, "Ada", "ada@example.net"), Now);
}
