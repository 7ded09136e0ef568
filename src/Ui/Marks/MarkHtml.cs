using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Plenum.Kernel.Language;

namespace Plenum.Ui;

/// <summary>The small marks as HTML, for lists that hold them by the hundred: a component of its own costs more than what it writes.</summary>
public sealed class MarkHtml(Texts texts, UiAssets files, Visit visit, TimeProvider clock, HtmlEncoder encoder)
{
    private readonly DateTime _now = visit.ToLocal(clock.GetUtcNow().UtcDateTime);

    /// <inheritdoc cref="Plenum.Ui.Icon"/>
    public MarkupString Icon(string name, bool turns = false)
        => new($"<svg class=\"{(turns ? "icon turns" : "icon")}\" aria-hidden=\"true\"><use href=\"{encoder.Encode(files.Sprite + name)}\"></use></svg>");

    /// <inheritdoc cref="Plenum.Ui.Avatar"/>
    public MarkupString Avatar(string name, string? picture = null, AvatarSize size = AvatarSize.Medium)
    {
        var classes = $"avatar hue-{Initials.HueOf(name)}{(size switch { AvatarSize.Small => " small", AvatarSize.Large => " large", _ => "" })}";
        return new(picture is null
            ? $"<span class=\"{classes}\" data-initials=\"{encoder.Encode(Initials.Of(name))}\" aria-hidden=\"true\"></span>"
            : $"<span class=\"{classes}\"><img src=\"{encoder.Encode(picture)}\" alt=\"\" width=\"80\" height=\"80\" loading=\"lazy\"></span>");
    }

    /// <inheritdoc cref="Plenum.Ui.Time"/>
    public MarkupString Time(DateTime at, bool isFull = false, bool isFocusable = false)
    {
        var local = visit.ToLocal(at);
        var full = encoder.Encode(Moment.Full(local, visit.TimeZone));
        var instant = at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new($"<time datetime=\"{instant}\"{(isFull ? "" : $" data-full=\"{full}\"")}{(isFocusable ? " tabindex=\"0\"" : "")}>{(isFull ? full : encoder.Encode(Moment.Relative(texts, local, _now)))}</time>");
    }
}
