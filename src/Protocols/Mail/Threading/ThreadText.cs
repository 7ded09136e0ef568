using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Mail.Threading;

/// <summary>Writes threads as IMAP's THREAD response has them (RFC 5256 §4).</summary>
public static class ThreadText
{
    /// <summary>thread-lists one after the other, "(2)(3 6 (4 23)(44 7 96))"; empty for no threads.</summary>
    public static string Write<TKey>(IEnumerable<ThreadNode<TKey>> threads)
    {
        ArgumentNullException.ThrowIfNull(threads);
        var output = new StringBuilder();
        var stack = new Stack<ThreadNode<TKey>?>(); // Null closes a list.
        foreach (var thread in threads)
        {
            stack.Push(thread);
            while (stack.TryPop(out var node))
            {
                if (node is null)
                {
                    output.Append(')');
                    continue;
                }

                output.Append('(');
                stack.Push(null);
                WriteChain(output, stack, node);
            }
        }

        return output.ToString();
    }

    /// <summary>Messages follow each other as long as each has one answer; several answers become lists.</summary>
    private static void WriteChain<TKey>(StringBuilder output, Stack<ThreadNode<TKey>?> stack, ThreadNode<TKey> node)
    {
        var separator = "";
        while (true)
        {
            if (node.Message is { } message)
            {
                output.Append(CultureInfo.InvariantCulture, $"{separator}{message.Key}");
                separator = " ";
            }

            if (node.Children.Count != 1)
            {
                break;
            }

            node = node.Children[0];
        }

        output.Append(node.Children.Count > 0 ? separator : "");
        for (var i = node.Children.Count - 1; i >= 0; i--)
        {
            stack.Push(node.Children[i]);
        }
    }
}
