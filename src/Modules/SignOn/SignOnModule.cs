using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.SignOn;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Modules;
using Plenum.SignOn.Data;
using Plenum.SignOn.Devices;
using Plenum.SignOn.Recovery;
using Plenum.SignOn.Registration;
using Plenum.SignOn.SecondFactors;
using Plenum.SignOn.SigningIn;
using Plenum.SignOn.Web;

namespace Plenum.SignOn;

/// <summary>Sign-on: registration, passwords, passkeys, second factors, sessions, app passwords. The one public door of this module.</summary>
public sealed class SignOnModule : IModule
{
    public static string Name => "signon";

    public static void AddServices(ModuleBuilder module)
    {
        module.AddOptions<SignOnOptions>("SignOn").AddModel<SignOnModel>().AddJob<ForgetOldSignIns>("signon.forget", "20 4 * * *");
        module.Add(new MenuItem(MenuPlace.Account, "signon.menu.profile", "/account", "person", 10));
        module.Add(new MenuItem(MenuPlace.Account, "signon.menu.security", "/account/security", "key", 20));
        module.Add(new MenuItem(MenuPlace.Account, "signon.menu.tokens", "/me/tokens", "lock", 30));
        var services = module.Services;
        services.AddAuthentication(SignOnCookie.Scheme).AddCookie(SignOnCookie.Scheme, SignOnCookie.Configure);
        services.AddIdentityCore<Account>();
        services.AddScoped<IUserStore<Account>, PasskeyStore>();
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            passkeys.ResidentKeyRequirement = "required";
            passkeys.UserVerificationRequirement = "required";
        });
        services.AddSingleton<PasswordVault>();
        services.AddSingleton<PasswordRules>();
        services.AddSingleton<SessionDirectory>();
        services.AddSingleton<AfterAnswer>();
        services.AddHostedService(provider => provider.GetRequiredService<AfterAnswer>());
        services.AddSingleton<DeviceCookie>();
        services.AddSingleton<SecondFactorTicket>();
        services.AddSingleton<PasskeyState>();
        services.AddSingleton<IProtocolSignIn, ProtocolSignIn>();
        services.AddScoped<CredentialStore>();
        services.AddScoped<SignInService>();
        services.AddScoped<SignInLog>();
        services.AddScoped<PasswordService>();
        services.AddScoped<SessionService>();
        services.AddScoped<SecondFactorService>();
        services.AddScoped<PasskeyService>();
        services.AddScoped<AppPasswordService>();
        services.AddScoped<MailLinks>();
        services.AddScoped<RecoveryService>();
        services.AddScoped<RegistrationService>();
        services.AddScoped<InvitationService>();
        services.AddScoped<IAccountCredentials, AccountCredentials>();
        services.AddScoped<AccountLetters>();
        services.AddScoped<ProfileService>();
        services.AddScoped<IDemoSeed, DemoCredentials>();
    }

    public static void MapEndpoints(IEndpointRouteBuilder endpoints) => SignOnEndpoints.Map(endpoints);
}
