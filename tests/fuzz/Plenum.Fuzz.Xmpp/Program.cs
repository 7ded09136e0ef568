using System.Buffers;
using System.Text;
using Plenum.Protocols.Sasl;
using Plenum.Protocols.Xmpp.Addresses;
using Plenum.Protocols.Xmpp.Stanzas;
using Plenum.Protocols.Xmpp.Stream;
using SharpFuzz;

// Plenum.Fuzz.Xmpp tokenizer|jid|sasl: input comes from afl-fuzz over standard input.
Action<System.IO.Stream> target = args switch
{
    ["tokenizer"] => input => Tokenize(Octets(input)),
    ["jid"] => input => Normalise(Encoding.UTF8.GetString(Octets(input))),
    ["sasl"] => input => Exchange(Octets(input)),
    _ => throw new ArgumentException("Name a target: tokenizer, jid or sasl."),
};
Fuzzer.OutOfProcess.Run(target);

static byte[] Octets(System.IO.Stream input)
{
    using var copy = new MemoryStream();
    input.CopyTo(copy);
    return copy.ToArray();
}

static void Tokenize(byte[] octets)
{
    var scanner = new StanzaScanner(XmlLimits.BeforeSignIn);
    var unread = new ReadOnlySequence<byte>(octets);
    while (true)
    {
        var found = scanner.Scan(unread, out var item, out var consumed);
        if (found is ScanResult.StreamOpened)
        {
            StreamHeader.TryRead(item, out _, out _);
        }
        else if (found is not ScanResult.Element)
        {
            return;
        }
        else if (Stanza.TryRead(item, XmlLimits.BeforeSignIn, out var stanza, out _))
        {
            var again = stanza.ToElement();
            if (!XmlElement.TryParse(again.ToBytes(), "", out var same) || !same.Equals(again))
            {
                throw new InvalidOperationException("A written element reads differently.");
            }
        }

        unread = unread.Slice(consumed);
    }
}

static void Normalise(string text)
{
    if (Jid.TryParse(text, out var once) && (!Jid.TryParse(once.ToString(), out var twice) || twice != once))
    {
        throw new InvalidOperationException("Normalising twice changed the address.");
    }
}

static void Exchange(byte[] octets)
{
    foreach (var mechanism in (string[])["PLAIN", "LOGIN", "SCRAM-SHA-256", "OAUTHBEARER", "XOAUTH2", "HT-SHA-256-NONE"])
    {
        if (SaslServer.Create(mechanism, [])?.Respond(octets) is SaslStep.Succeeded)
        {
            throw new InvalidOperationException("Signed in without a verdict.");
        }
    }
}
