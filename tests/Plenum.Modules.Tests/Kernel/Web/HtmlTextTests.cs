using AngleSharp.Html.Parser;
using CsCheck;
using Plenum.Kernel.Web;

namespace Plenum.Modules.Tests.Kernel.WebPages;

public sealed class HtmlTextTests
{
    [Fact]
    public void A_parser_reads_what_was_written_in_elements_and_attributes()
        => Gen.OneOf(Gen.Char['!', '~'], Gen.Char['\u00A0', '\u024F'], Gen.Const('&'), Gen.Const('"'), Gen.Const('<'), Gen.Const('\n')).Array[0, 40].Sample(letters =>
        {
            var text = new string(letters);
            var written = HtmlText.Escape(text);
            var read = new HtmlParser().ParseDocument($"<p title=\"{written}\">{written}</p>").QuerySelector("p")!;
            Assert.Equal((text, text), (read.TextContent, read.GetAttribute("title")));
            Assert.Single(read.Owner!.Body!.Children);
        });

    [Fact]
    public void Letters_stay_as_they_are() => Assert.Equal("Grüße &amp; ’ 🎉 'a'", HtmlText.Escape("Grüße & ’ 🎉 'a'"));
}
