using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Modules;

public enum MenuPlace
{
    /// <summary>The services of the unit one stands in.</summary>
    Services,

    /// <summary>The account menu.</summary>
    Account,

    /// <summary>Administration.</summary>
    Administration,
}

/// <summary>An entry that a module adds to the navigation.</summary>
/// <param name="TextKey">Key of its label.</param>
/// <param name="Href">Address; "{unit}" stands for the path of the unit one stands in.</param>
/// <param name="Icon">Name in the icon sprite.</param>
/// <param name="Order">Lower comes first.</param>
/// <param name="Permission">Needed on any unit to see the entry; null for everyone (in Account: everyone signed in).</param>
public sealed record MenuItem(MenuPlace Place, string TextKey, string Href, string Icon, int Order, Permission? Permission = null);
