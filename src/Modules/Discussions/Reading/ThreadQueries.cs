using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;

namespace Plenum.Discussions.Reading;

/// <summary>
/// The two queries of the page that is read most, compiled once: translating them costs more than asking them. One object for each host:
/// a compiled query belongs to its model.
/// </summary>
public sealed class ThreadQueries
{
    /// <summary>A thread of a board by its address with the marks of a reader.</summary>
    internal Func<PlenumDb, BoardId, string, AccountId, CancellationToken, Task<OpenThread?>> Open { get; } = EF.CompileAsyncQuery(
        (PlenumDb db, BoardId board, string slug, AccountId reader, CancellationToken _) => db.Set<BoardThread>().AsNoTracking().Where(t => t.BoardId == board && t.Slug == slug)
            .Select(t => new OpenThread(
                t,
                db.Set<BoardMark>().Where(m => m.AccountId == reader && m.BoardId == t.BoardId).Select(m => (DateTime?)m.ReadUpTo).FirstOrDefault(),
                db.Set<ReadingMark>().Where(r => r.AccountId == reader && r.ThreadId == t.Id).Select(r => (DateTime?)r.ReadUpTo).FirstOrDefault()))
            .SingleOrDefault());

    /// <summary>Posts of a thread by time.</summary>
    internal Func<PlenumDb, ThreadId, int, int, IAsyncEnumerable<PostRow>> Posts { get; } = EF.CompileAsyncQuery(
        (PlenumDb db, ThreadId thread, int skip, int take) => db.Set<Post>().AsNoTracking().Where(p => p.ThreadId == thread && p.State == PostState.Published)
            .OrderBy(p => p.PostedAt).ThenBy(p => p.Id).Skip(skip).Take(take)
            .Select(p => new PostRow(
                p.Id, p.ParentId, p.Hash, p.AuthorId, db.Set<Account>().Where(a => a.Id == p.AuthorId && a.State != AccountState.Closed).Select(a => a.Login).FirstOrDefault(),
                p.AuthorName, p.Origin, p.Subject, p.PostedAt, 0)));
}
