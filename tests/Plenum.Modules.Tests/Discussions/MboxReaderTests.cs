using System.Text;
using Plenum.Discussions.Importing;

namespace Plenum.Modules.Tests.Discussions;

public sealed class MboxReaderTests
{
    private const string From = "From ada@example.net Mon Jul  1 11:26:53 2019\n";

    [Fact]
    public async Task Messages_come_one_by_one_with_their_places()
    {
        var text = $"{From}Subject: one\n\nfirst\n\n{From}Subject: two\n\nsecond\n";
        var messages = await ReadAsync(text);
        Assert.Equal(["Subject: one\r\n\r\nfirst\r\n", "Subject: two\r\n\r\nsecond\r\n"], messages.Select(Text));
        Assert.Equal([0, text.IndexOf(From, 10, StringComparison.Ordinal)], messages.Select(m => m.Offset));
        Assert.Equal(text.Length, messages[^1].End);
    }

    [Fact]
    public async Task A_sentence_that_begins_with_From_is_none()
    {
        var messages = await ReadAsync($"{From}Subject: one\n\nHello\n\nFrom here we go on.\n\n>From now on\n>>From then\n");
        Assert.Equal("Subject: one\r\n\r\nHello\r\n\r\nFrom here we go on.\r\n\r\nFrom now on\r\n>From then\r\n", Text(Assert.Single(messages)));
    }

    [Fact]
    public async Task Windows_line_ends_and_lines_beyond_the_buffer_are_read()
    {
        var line = new string('x', 700_000) + ">From ";
        var messages = await ReadAsync($"{From.TrimEnd()}\r\nSubject: long\r\n\r\n{line}\r\n\r\n{From.TrimEnd()}\r\nSubject: two\r\n\r\nx\r\n");
        Assert.Equal(2, messages.Count);
        Assert.Equal($"Subject: long\r\n\r\n{line}\r\n", Text(messages[0]));
    }

    [Fact]
    public async Task One_message_that_is_too_long_is_passed_over()
    {
        var messages = await ReadAsync($"{From}Subject: one\n\n{new string('x', 5_000)}\n\n{From}Subject: two\n\nx\n", maxBytes: 1_000);
        Assert.Null(messages[0].Raw);
        Assert.Equal("Subject: two\r\n\r\nx\r\n", Text(messages[1]));
    }

    [Fact]
    public async Task Reading_goes_on_where_it_was_broken_off()
    {
        var text = $"{From}A: 1\n\none\n\n{From}A: 2\n\ntwo\n";
        var first = (await ReadAsync(text))[0];
        using var rest = new MemoryStream(Encoding.UTF8.GetBytes(text)) { Position = first.End };
        var reader = new MboxReader(rest, first.End, 1_000);
        Assert.Equal("A: 2\r\n\r\ntwo\r\n", Text((await reader.NextAsync(TestContext.Current.CancellationToken))!));
        Assert.Null(await reader.NextAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_no_mbox_is_refused()
        => await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync("PK\u0003\u0004 a zip file\n"));

    private static string Text(MboxMessage message) => Encoding.UTF8.GetString(message.Raw!);

    private static async Task<List<MboxMessage>> ReadAsync(string text, int maxBytes = 10_000_000)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var reader = new MboxReader(file, 0, maxBytes);
        var messages = new List<MboxMessage>();
        while (await reader.NextAsync(TestContext.Current.CancellationToken) is { } message)
        {
            messages.Add(message);
        }

        return messages;
    }
}
