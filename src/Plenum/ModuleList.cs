using Plenum.Discussions;
using Plenum.Kernel.Modules;
using Plenum.Mail;
using Plenum.Operations;
using Plenum.SignOn;
using Plenum.Site;
using Plenum.Ui;

namespace Plenum;

/// <summary>The modules of this program, in the order their services are listed to people.</summary>
internal static class ModuleList
{
    public static ModuleCatalog Create() => new ModuleCatalog()
        .AddPlain(typeof(App).Assembly)
        .Add<SiteModule>()
        .Add<SignOnModule>()
        .Add<MailModule>()
        .Add<DiscussionsModule>()
        .Add<OperationsModule>();
}
