using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plenum.Kernel.Data;

/// <summary>
/// NUL in text ends the statement on PostgreSQL and the text in SQLite's functions. One that a stranger sent, in a form or an address, becomes U+FFFD: it is kept as
/// that, and what is looked for with it is not found.
/// </summary>
internal sealed class NulInterceptor : DbCommandInterceptor
{
    public override DbCommand CommandInitialized(CommandEndEventData eventData, DbCommand result)
    {
        ArgumentNullException.ThrowIfNull(result);
        foreach (DbParameter parameter in result.Parameters)
        {
            parameter.Value = parameter.Value switch
            {
                string text => Clean(text),
                string[] texts => Array.ConvertAll(texts, Clean),
                var other => other,
            };
        }

        return result;
    }

    private static string Clean(string text) => text.Replace('\0', '\uFFFD'); // The same string where there is none.
}
