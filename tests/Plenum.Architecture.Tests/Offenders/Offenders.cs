// Each type breaks one rule of the house on purpose; the tests of the rules must catch it.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Plenum.Offenders
{
    public class OpenForNobody;

    public sealed class ContractWithState
    {
        public int Count { get; set; }
    }
}

namespace Plenum.Offenders.Wiki.Domain
{
    public sealed class EntityWithDatabase(DbContext db)
    {
        public DbContext Db { get; } = db;
    }
}

namespace Plenum.Offenders.Protocols.Mail
{
    public sealed class ParserWithLog(ILogger log)
    {
        public ILogger Log { get; } = log;
    }
}

namespace Plenum.Offenders.Wiki.Jobs
{
    public sealed class SendDigests;
}

namespace Plenum.Offenders.Wiki.Web
{
    public sealed class PageThatRunsAJob(Jobs.SendDigests job)
    {
        public Jobs.SendDigests Job { get; } = job;
    }
}

namespace Plenum.Offenders.Wiki.Data
{
    public sealed class QueryThatRenders(Web.PageThatRunsAJob page)
    {
        public Web.PageThatRunsAJob Page { get; } = page;
    }
}
