using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Modules;

namespace Plenum.Kernel.Blobs;

public static class BlobsRegistration
{
    public static ModuleBuilder AddBlobs(this ModuleBuilder module)
    {
        ArgumentNullException.ThrowIfNull(module);
        module.AddOptions<BlobsOptions>("Blobs").AddModel<BlobsModel>().AddJob<SweepBlobs>("blobs.sweep", "40 3 * * *");
        module.Services.AddSingleton(StoreOf);
        module.Services.AddSingleton<Blobs>();
        module.Services.AddScoped<BlobUpkeep>();
        return module;
    }

    private static IBlobStore StoreOf(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<BlobsOptions>>().Value;
        var folder = provider.GetRequiredService<DataFolder>();
        return options.Store == BlobStoreKind.S3
            ? new S3BlobStore(options, Path.Combine(folder.Blobs, "arriving"))
            : new FolderBlobStore(options.Folder.Length > 0 ? Path.GetFullPath(options.Folder, folder.Root) : folder.Blobs);
    }
}
