using System.Text.RegularExpressions;

namespace Plenum.Protocols.Mail.Bounce;

/// <summary>
/// Families of wordings in refusals and what they mean, in order of precedence: what speaks of the sender, the message or the way it came goes
/// before what speaks of the recipient, so that "550 5.1.1 sender blacklisted" is never taken for a dead address.
/// </summary>
internal static class Wordings
{
    /// <summary>A mailbox or its owner, in the words hosts use.</summary>
    private const string Mailbox = @"(e-?mail |mail )?(user|users|username|user name|user id|userid|mailbox|mail box|mbox|recipient|recipient name|recipient'?s? address|destination mailbox|account|addressee|address|email address|alias|customer|subscriber|local part|inbox|empf(ae|ä)nger|postfach|adresse|benutzer|destinataire|usuario|destinatario)";

    /// <summary>In the text without addresses and links.</summary>
    private static readonly (BounceReason Reason, Regex Pattern)[] ByWords =
    [
        Row(BounceReason.Virus, @"\bvirus(es)?\b", "malware", "infected", "trojan"),
        Row(BounceReason.MailLoop, @"\bloop", "too many hops", @"(maximum )?hop ?count", "hops exceeded", "too many received", "routing loop"),
        Row(BounceReason.ContentRefused, "duplicate header", "multiple .{0,20}headers", "header error", "because its content", "illegal attachment", "attachment type"),
        Row(BounceReason.Refused, "badrcptto", "policy (restriction|reason|violation|rule|reject)", "due to .{0,20}polic", "(local|security|by|for) polic", "administrative (prohibition|restriction)"),
        Row(BounceReason.NotPermitted, "resolver\\.rst", "delivery to this address is restricted"),
        Row(BounceReason.NotAuthenticated,
            @"\bspf\b", @"\bdkim\b", @"\bdmarc\b", @"sender[ -]?id\b", "unauthenticated (e-?mail|mail|message|sender)", "purported responsible",
            "required authentication level", "authentication checks", "not authenticated"),
        Row(BounceReason.RateLimited,
            @"rate[ -]?limit", "too many (messages|e?-?mails|mails|connections|concurrent|recipients|sessions|requests|errors)", "frequency (is )?limit",
            "throttl", "unexpected volume", "receiving mail (at|too)", "too (fast|quickly|frequent)", "sending limit", "daily limit", "hourly limit"),
        Row(BounceReason.Spam,
            @"\bspam", @"\bube\b", @"\buce\b", "unsolicited", @"\bjunk\b", "phish", "suspicious", @"bulk e?-?mail", "blacklisted url", "looks like bulk"),
        Row(BounceReason.SenderRefused,
            @"sender\b.{0,60}(reject|denied|refus|invalid|unknown|not (exist|found|valid|allowed|verif|permitted|accept)|verif\w* failed|disabled|blocked|suspended|has no|does not resolve|cannot be)",
            "(invalid|unknown|bad|unverified|illegal|missing|malformed|reject(ed|ing)?|refus(ed|ing)|denied|block(ed|ing)?|unauthorized) (the )?(envelope )?(sender|from address|return path|reverse path)",
            "domain of (the )?sender", "sending (domain|account|address)", "valid (sender|from)", "from: (domain|address)", "domain is invalid", "from: header", "from header", "header from",
            "mail ?from.{0,60}(reject|invalid|not exist|refus|denied|listed|unknown)", "(envelope|return|reverse)[ -](from|path|sender).{0,40}(reject|invalid|refus|unknown|not)",
            @"\byour (e?-?mail )?(account|address|domain)", "invalid dns mx or a", "null mx for (the )?(sender|return)", "verification failed", "callout", "callback", "may not exist or dns check"),
        Row(BounceReason.Reputation,
            @"black ?-?list", @"block ?-?list", @"deny ?-?list", "dnsbl", @"\brbls?\b", @"\bblocked\b", @"\bblocking\b", "banned", "reputation", "reverse[ -]?dns", @"\brdns\b", @"\bptr\b", "dynamic ip", "dial-?up", "residential",
            "from servers (without|with no)", "messages from servers", "client host", @"sending ip\b", @"\bips\b", @"\bip (address )?(is|was|not|has|\[|\(|\d)", @"(n't|not) accept (any )?(e-?)?(mail|mails|message|messages|connections) (from|with|via|through|by)", @"\byour (host|server|mail ?server|hostname|ip|helo|network|system)\b", "source ip", "(is|was|are|ip|domain|host) (currently )?listed", "listed (at|on)", "for abuse", "not whitelisted", "helo (command )?rejected", "adresse ip", "user complaints"),
        Row(BounceReason.RelayDenied,
            @"relay\w*.{0,40}(denied|not|prohibited|reject|forbid|refus|access|through|disallow|unauthori)", @"(not|unable|cannot|can't|don't|won't|prohibited|denied|refus\w+|permitted|configured|allowed)( to)? relay", "mail relay", "no relay",
            "use the smtp server", "smtp authentication", "authentication (is )?required", "must (first )?(authenticate|login|log in)", "need to authenticate", "non-accepted domain", "not a gateway",
            "rcpthosts"),
        Row(BounceReason.MessageTooLarge,
            @"(message|mail|e-mail|email|size|length|attachment)\b.{0,30}(too (big|large)|larger than|exceed\w* (the )?(max|fixed|size|limit|allowed|admin)|over the limit)", "too (big|large) (for|message)", "message (size|length) (exceeds|limit)", "size exceed", @"exceed\w* (the )?(maximum |max )?(message |mail )?size", "(message|mail|line|lines|headers?) (is |are )?too (big|large|long)"),
        Row(BounceReason.SystemTrouble,
            "system (resources|storage|full|error|config)", @"insufficient (system|disk)", "disk (is )?full", "no space left", "out of (disk|memory)", "server (configuration )?error", "internal (server |system |software )?error", "local (configuration )?error",
            "queue file", "mail system full"),
        Row(BounceReason.MailboxFull,
            "quota", @"mail ?-?(box|folder|drop|file)\b.{0,25}\bfull\b", @"\bfull (mailbox|inbox)", @"inbox\b.{0,30}\bfull\b", "mailboxfull", @"(mailbox|inbox|account|user)\b.{0,40}(out of storage|exceed|over ?size|over its|no (free )?space|storage)",
            "out of storage", @"storage (space|limit|allocation)", "too much mail data", "too much mail data", "exceeded storage", "not enough (storage|space)", "mailbox (size )?limit", "postfach.{0,20} voll", @"speicherplatz", "insufficient space", "would exceed.{0,20}mailbox", "bo[iî]te.{0,30}pleine", "(casilla|buz[oó]n|caixa|mailbox|casella) .{0,20}(llen[oa]|chei[oa]|pien[ao])"),
        Row(BounceReason.NameServiceTrouble,
            @"(not found|lookup|resol\w+|name service error|dns).{0,60}try (again|later)", "servfail", @"temporar\w+.{0,40}(lookup|resol|dns|name)", "(host )?name lookup (failure|failed|error)", "dns (query|server)( has)? (failed|failure|timed?)", "dns soft error", @"dns (lookup )?(timeout|timed out)", "no address associated", "lookup did not complete"),
        Row(BounceReason.TemporaryTrouble, "temporar", "gr[ea]y-?list", "vorübergehend"),
        Row(BounceReason.NoMailService,
            "null mx", @"do(es)?(n't| not) (receive|accept) (any )?e?-?mail", @"no (usable )?(mx|mail exchanger)", "a mail exchanger", "no relevant answers", "mx records? point to (non-existent|nonexistent)", "indicated no smtp service"),
        Row(BounceReason.MailboxMoved,
            @"(mailbox|user|recipient|account|address)\b.{0,20}(has |have )?(moved|changed)", "no forwarding address", "no longer (on server|works|employed|with)", "left the (company|organi)", "verzogen", "moved permanently"),
        Row(BounceReason.MailboxDisabled,
            @"\b(account|mailbox|inbox|alias|user)\b.{0,40}\b(disabled|inactive|suspended|deactivated|discontinued|locked|terminated|not active|cancell?ed|no longer (active|in use|available|valid|exist\w*))",
            @"\b(account|mailbox|inbox|address|recipient)\b.{0,15}\b(is|was|been|has) (closed|expired|disabled|inactive|suspended|deactivated|blocked)", @"\baddress\b.{0,40}no longer (active|in use|available|valid|exist\w*)",
            "(disabled|inactive|suspended|deactivated|closed|terminated) (account|mailbox|user|recipient|address)", "dormant", "no longer accept", "(casilla|cuenta|buz[oó]n|conta) .{0,20}(expirado|suspendida|deshabilitada|desativada|inactiva|inativa)", "mailbox is currently unavailable for delivery"),
        Row(BounceReason.DomainUnknown,
            "nxdomain", "no such (domain|host)", "unknown (host|domain|mail domain)", @"\b(host|domain)\b( name)?.{0,30}(unknown|not found|does(n't| not) exist|not exist|invalid|non-existent|nonexistent)", "(invalid|illegal|bad|non-?existent) (destination )?(host|domain)", "find any host",
            "unrouteable (mail )?domain", "name or service not known", "domain name not found", "dns hard error", "domain.{0,20}existiert nicht"),
        Row(BounceReason.AddressSyntax,
            "(bad|invalid|illegal|malformed) (destination |recipient )?(mailbox )?address syntax", "address syntax", "(mailbox|recipient|address) syntax", "syntax error in (the )?(recipient|address)", "malformed address"),
        Row(BounceReason.MailboxUnknown,
            @"\b" + Mailbox + @"\b\.{0,3},?.{0,25}\b(unknown|unbekannt|inconnue?|not found|not be found|couldn't be found|could not be found|introuvable|nicht gefunden|nicht bekannt|does(n't| not) exist|do not exist|not exist|existiert nicht|invalide?|not (a )?(valid|listed|recogni[sz]ed|known|registered)|isn't (valid|known)|no longer|desconocido)",
            @"\b(unknown|no such|no|invalid|illegal|non-?existent|bad|unrecogni[sz]ed|unbekannter?|undeliverable|wrong|incorrect)( or (illegal|invalid|unknown))?( final delivery| local| recipient| email| e-mail| destination)? " + Mailbox + @"\b(.{0,20}(here|by that name|found))?",
            @"#5\.1\.0 address rejected", "unroute?able address", "there is no (such )?(user|one)", "no (mailbox|user|one) (here )?by that name", "not our (user|customer)", @"do(es)?(n't| not) have an? .{0,60}account", "recip(ient)?notfound", "mailbox (unavailable|not available)", "no (valid recipients|recipient) for this mm",
            @"not a (known|valid|registered|current)( gateway)? (user|address|recipient|mailbox|customer)", @"recipient .{0,20}rejected because.{0,20}not exist", "addressee unknown", "adresse.{0,30}(ungültig|unbekannt|incorrecte)", "kein (benutzer|postfach|empfänger)", @"(user|empf(ae|ä)nger).{0,15}nicht", "unknown or illegal alias",
            @"adresse.{0,60}n'existe p(as|lus)", "not in (my )?(directory|user database)", "no account by that name", "could(n't| not) find (the |a )?(user|mailbox|recipient)", "address(ee)? (is )?not (in|found)", "unknown address", "user is not", "(usuario|destinatario|usu[aá]rio|destinat[aá]rio|utente|casilla|cuenta|conta) .{0,25}(inexistente|desconocid[oa]|desconhecid[oa]|inv[aá]lid[oa]|no existe|n[aã]o existe|sconosciuto|inesistente)"),
        Row(BounceReason.Expired,
            "expired", @"failed \d+ (attempts|times)", "retry time(out)?", "queue too long", "in the queue", "giving up", "multiple retries", "could not (be delivered|deliver) for", "aborted after", "failing for a long time", "retry time not reached", "was not delivered within", "too old", "unable to deliver .{0,20}within"),
        Row(BounceReason.NameServiceTrouble, "name service error", "lookup fail", "dns error", "could not (resolve|load)"),
        Row(BounceReason.ConnectionTrouble,
            "timed? ?-?out", "connection", "connect to", "(un|not )reachable", @"\bnetwork\b", "socket error", "no route", "handshake", "did not accept our requests", "host is down", "no smtp connection"),
        Row(BounceReason.TemporaryTrouble,
            "try again", "try later", "please try", "deferred", "later", "service.{0,25}(unavailable|not available|refus)", "not accepting", "overload", "too busy", "resources"),
        Row(BounceReason.NotPermitted,
            "permission to post", "not (a )?(member|subscribed|allowed to post|authori[sz]ed|permitted)", "members? only", "only members", "restricted", "moderat", "not have permission", "group.{0,30}(not be open|posting)", "mailing list", "who may send"),
        Row(BounceReason.ContentRefused,
            "content", "attachment", @"header", "encoding", @"file (type|name)", "executable", "body", "duplicate"),
        Row(BounceReason.Refused,
            "reject", "refus", "denied", "not accept", "not allowed", "policy", "policies", "violat", "prohibit", "forbidden", "security (polic|reason|violat)", "unacceptable", "disallowed", "administrative", "abgelehnt", "verweigert"),
        Row(BounceReason.ProtocolTrouble, "sequence of commands", "protocol", "syntax", "command", "transaction failed"),
    ];

    /// <summary>Names of block lists, and parts of links in which hosts explain themselves.</summary>
    private static readonly (BounceReason Reason, Regex Pattern)[] ByNames =
    [
        Row(BounceReason.MailboxUnknown, @"p=nosuchuser", @"answer=6596\b", "/answer/6596"),
        Row(BounceReason.MailboxDisabled, "p=disableduser", "p=inactiveuser"),
        Row(BounceReason.MailboxFull, "p=overquota", "answer=6558", "/answer/6558"),
        Row(BounceReason.NotAuthenticated, "p=unauthenticated"),
        Row(BounceReason.RateLimited, "p=ratelimit", "p=receivingrate", "tss04"),
        Row(BounceReason.Reputation,
            "spamhaus", "spamcop", @"\bsorbs", "uceprotect", "barracudacentral", "senderscore", "senderbase", "talosintelligence", "abuseat", @"csi\.cloudmark", @"ers\.trendmicro", "dnsbl", @"\brbl", "mailspike", @"sender\.office\.com", "invaluement", "junkemailfilter", "ivmsip", "backscatterer"),
        Row(BounceReason.Spam, "p=blocked", "p=unsolicited", "surbl", "uribl"),
        Row(BounceReason.NotPermitted, @"groups\.google\.com/support"),
    ];

    /// <summary>The first row that fits; null if none does.</summary>
    /// <param name="words">The refusal without addresses and links, blanks collapsed.</param>
    /// <param name="whole">The refusal with its links, without addresses.</param>
    public static BounceReason? Find(string words, string whole) => First(ByNames, whole) ?? First(ByWords, words);

    private static BounceReason? First((BounceReason Reason, Regex Pattern)[] rows, string text)
    {
        if (text.Length > 0)
        {
            foreach (var (reason, pattern) in rows)
            {
                if (pattern.IsMatch(text))
                {
                    return reason;
                }
            }
        }

        return null;
    }

    private static (BounceReason, Regex) Row(BounceReason reason, params string[] phrases) => (reason, LinearRegex.Create(string.Join('|', phrases)));
}
