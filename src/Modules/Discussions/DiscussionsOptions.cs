using System.ComponentModel.DataAnnotations;

namespace Plenum.Discussions;

/// <summary>Settings under "Discussions".</summary>
public sealed class DiscussionsOptions
{
    /// <summary>Largest mail a board takes, in octets, header included; a larger one is refused with 552.</summary>
    [Range(64 * 1024, 100 * 1024 * 1024)]
    public int MaxMessageBytes { get; init; } = 20 * 1024 * 1024; // Members send scans; most servers take 10 to 25 MB.

    /// <summary>Largest file that can be uploaded into a post, in octets.</summary>
    [Range(64 * 1024, 100 * 1024 * 1024)]
    public int MaxUploadBytes { get; init; } = 10 * 1024 * 1024; // Together with the text it must still fit into a mail.

    /// <summary>Longest text of a post written on the web, in characters.</summary>
    [Range(1_000, 200_000)]
    public int MaxTextLength { get; init; } = 50_000; // About 15 pages; longer papers belong into a file.

    /// <summary>Posts an account may write on the web within an hour.</summary>
    [Range(1, 10_000)]
    public int MaxPostsPerHour { get; init; } = 60; // Nobody debates faster; a stolen session does.

    /// <summary>Days after which held and rejected posts are forgotten.</summary>
    [Range(1, 3650)]
    public int HeldDays { get; init; } = 60;
}
