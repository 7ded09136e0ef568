using Plenum.Kernel.Modules;
using Plenum.Mail;
using Plenum.SignOn;
using Plenum.Ui;

namespace Plenum;

/// <summary>The modules of this program, in the order their services are listed to people.</summary>
internal static class ModuleList
{
    public static ModuleCatalog Create() => new ModuleCatalog()
        .AddPlain(typeof(App).Assembly)
        .Add<SignOnModule>()
        .Add<MailModule>();
}
