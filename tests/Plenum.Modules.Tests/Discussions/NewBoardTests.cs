using System.Net;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Discussions;

/// <summary>The form for a new board, in the real house.</summary>
public sealed class NewBoardTests
{
    [Theory, OnBothDatabases]
    public async Task A_chair_makes_a_board_with_an_address_of_the_house_and_of_nobody_else(DatabaseProvider provider)
    {
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo");
        using var dilek = new Browsing(plenum.Web);
        await dilek.SignInAsync("dilek", "plenum-demo");
        await SubmitAsync(dilek, "bayern-ag", "techtalk@lists.plenum.test");
        Assert.Contains("techtalk@lists.plenum.test gehört schon", dilek.Page, StringComparison.Ordinal);
        await SubmitAsync(dilek, "bayern-ag", "bayern-ag@example.com"); // Whoever had that domain would get no mail of ours any more.
        Assert.Contains("example.com gehört nicht zu dieser Organisation", dilek.Page, StringComparison.Ordinal);
        await SubmitAsync(dilek, "bayern-ag", "bayern-ag@lists.plenum.test");
        Assert.Equal((HttpStatusCode.OK, "/boards/bayern-ag"), (dilek.Status, dilek.Address));
        Assert.Contains("AG Bayern", dilek.Page, StringComparison.Ordinal);
        await SubmitAsync(dilek, "bayern-ag", "");
        Assert.Contains("role=\"alert\"", dilek.Page, StringComparison.Ordinal);
    }

    private static async Task SubmitAsync(Browsing who, string slug, string mailbox)
    {
        await who.GoAsync("/boards/new");
        await who.SubmitAsync(
            "new-board", ("Input.UnitPath", "/bayern"), ("Input.Slug", slug), ("Input.Title", "AG Bayern"), ("Input.Description", ""), ("Input.Readers", "p"), ("Input.Writers", "s"),
            ("Input.Strangers", "Hold"), ("Input.Language", "de"), ("Input.Mailbox", mailbox));
    }
}
