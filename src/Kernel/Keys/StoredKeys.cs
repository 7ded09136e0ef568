using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Keys;

/// <summary>Keeps the keys that seal cookies and forms in the database, so that every node can read what another wrote.</summary>
internal sealed class StoredKeys(IDbContextFactory<PlenumDb> contexts, MasterKey master) : IXmlRepository
{
    private const string Purpose = "data-protection";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var db = contexts.CreateDbContext();
        return [.. db.Set<StoredKey>().AsNoTracking().OrderBy(k => k.Id).ToList().Select(k => XElement.Parse(Encoding.UTF8.GetString(master.Open(Purpose, k.Sealed))))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var db = contexts.CreateDbContext();
        db.Add(new StoredKey { Id = Guid.CreateVersion7(), Sealed = master.Seal(Purpose, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting))) });
        db.SaveChanges();
    }
}
