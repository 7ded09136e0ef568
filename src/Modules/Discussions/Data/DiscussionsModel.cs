using Microsoft.EntityFrameworkCore;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;

namespace Plenum.Discussions.Data;

internal sealed class DiscussionsModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<Board>(board =>
        {
            board.ToTable("discussions_board");
            board.RefersTo(typeof(OrgUnit), nameof(Board.UnitId));
        });
        model.Entity<BoardThread>(thread =>
        {
            thread.ToTable("discussions_thread");
            thread.RefersTo(typeof(Board), nameof(BoardThread.BoardId));
        });
        model.Entity<Post>(post =>
        {
            post.ToTable("discussions_post");
            post.RefersTo(typeof(Board), nameof(Post.BoardId));
            post.RefersTo(typeof(BoardThread), nameof(Post.ThreadId));
            post.RefersTo(typeof(Account), nameof(Post.AuthorId));
            post.Ignore(p => p.Chain);
            post.Property(p => p.References).HasColumnName("reference_ids");
            post.HasOne(p => p.Body).WithOne().HasForeignKey<PostBody>(b => b.PostId);
        });
        model.Entity<PostBody>(body =>
        {
            body.ToTable("discussions_body");
            body.HasKey(b => b.PostId);
            body.Property(b => b.PostId).ValueGeneratedNever();
        });
        model.Entity<Attachment>(file =>
        {
            file.ToTable("discussions_attachment");
            file.RefersTo(typeof(Board), nameof(Attachment.BoardId));
            file.RefersTo(typeof(Post), nameof(Attachment.PostId));
        });
        model.Entity<ExpectedMessage>(message =>
        {
            message.ToTable("discussions_expected");
            message.HasKey(m => new { m.BoardId, m.Hash });
            message.RefersTo(typeof(BoardThread), nameof(ExpectedMessage.ThreadId));
        });
        model.Entity<Subscription>(subscription =>
        {
            subscription.ToTable("discussions_subscription");
            subscription.RefersTo(typeof(Board), nameof(Subscription.BoardId));
            subscription.RefersTo(typeof(Account), nameof(Subscription.AccountId));
        });
        BuildMarks(model);
    }

    private static void BuildMarks(ModelBuilder model)
    {
        model.Entity<ReadingMark>(mark =>
        {
            mark.ToTable("discussions_reading");
            mark.HasKey(m => new { m.AccountId, m.ThreadId });
        });
        model.Entity<BoardMark>(mark =>
        {
            mark.ToTable("discussions_board_mark");
            mark.HasKey(m => new { m.AccountId, m.BoardId });
        });
        model.Entity<ImportProgress>(progress =>
        {
            progress.ToTable("discussions_import");
            progress.HasKey(p => new { p.BoardId, p.Source });
            progress.Property(p => p.Offset).HasColumnName("done_bytes");
        });
        foreach (var type in (Type[])[typeof(Board), typeof(BoardThread), typeof(Post), typeof(Attachment), typeof(Subscription)])
        {
            model.Entity(type).Property("Id").ValueGeneratedNever();
        }
    }
}
