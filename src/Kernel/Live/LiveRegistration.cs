using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Plenum.Kernel.Data;
using Plenum.Kernel.Listeners;
using Plenum.Kernel.Modules;

namespace Plenum.Kernel.Live;

public static class LiveRegistration
{
    private const string Name = "plenum"; // Of cluster and service: one database is one cluster.

    extension(ModuleBuilder module)
    {
        /// <summary>Topics of this node. They work without a silo; with one they reach the other nodes.</summary>
        public ModuleBuilder AddLive()
        {
            module.AddOptions<LiveOptions>("Live").AddModel<LiveModel>();
            module.Add(new DerivedTable("kernel_silo")); // Who is alive now; a restored house has no other nodes yet.
            module.Services.AddSingleton<LiveTopics>();
            module.Services.AddSingleton<LiveStreams>();
            module.Services.AddScoped<ILiveTopicRule, OwnAccountTopic>();
            return module;
        }

        /// <summary>Lets the grains live here: a silo of this process alone, or a node of the cluster when "Live:Clustered" is set.</summary>
        /// <exception cref="StartupException">A cluster is wanted on SQLite, which is one process's alone.</exception>
        public ModuleBuilder AddSilo()
        {
            var live = module.Configuration.GetSection("Live").Get<LiveOptions>() ?? new();
            var database = module.Configuration.GetSection("Database").Get<DatabaseOptions>() ?? new();
            if (live.Clustered && database.Provider != DatabaseProvider.PostgreSQL)
            {
                throw new StartupException("Live:Clustered needs Database:Provider=PostgreSQL: a SQLite file belongs to one process.");
            }

            var shift = module.Configuration.GetSection("Ports").Get<PortsOptions>()?.Base ?? 0;
            module.Services.AddOrleans(silo =>
            {
                if (live.Clustered)
                {
                    Cluster(silo, live, shift);
                }
                else
                {
                    silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, primarySiloEndpoint: null, Name, Name);
                }

                silo.AddGrainService<LiveNode>();
            });
            module.Services.AddSingleton<LiveRelay>();
            return module;
        }
    }

    private static void Cluster(ISiloBuilder silo, LiveOptions live, int shift)
    {
        silo.Services.AddSingleton<Orleans.IMembershipTable, SiloTable>();
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Name, Name));
        silo.Configure<EndpointOptions>(endpoint =>
        {
            endpoint.AdvertisedIPAddress = IPAddress.Parse(live.Address);
            endpoint.SiloPort = live.Port + shift;
            endpoint.GatewayPort = 0;
        });
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = live.ProbeEvery;
            membership.NumMissedProbesLimit = live.MissedProbes;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(15);
            membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
        });
    }

    // The local silo talks to itself alone, but Orleans wants a port for it; several Plenums may run on one machine.
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
