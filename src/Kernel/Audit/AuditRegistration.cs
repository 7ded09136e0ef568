using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Modules;

namespace Plenum.Kernel.Audit;

public static class AuditRegistration
{
    public static ModuleBuilder AddAudit(this ModuleBuilder module)
    {
        ArgumentNullException.ThrowIfNull(module);
        module.AddModel<AuditModel>();
        module.Services.AddSingleton<Audit>();
        module.Services.AddSingleton<AuditHead>();
        module.Services.AddSingleton<AuditSealer>();
        module.Services.AddHostedService(provider => provider.GetRequiredService<AuditSealer>());
        module.Services.AddScoped<AuditChain>();
        module.Services.AddScoped<AuditLog>();
        return module;
    }
}
