using MimeKit;
using Plenum.Protocols.Mail.Sieve.Program;

namespace Plenum.Protocols.Mail.Sieve.Running;

/// <summary>One run of one script over one message.</summary>
internal sealed class Interpreter
{
    private readonly SieveLimits _limits;
    private readonly Variables _variables;
    private readonly Judge _judge;
    private readonly FlagSets _flags;
    private readonly List<SieveAction> _actions = [];
    private readonly bool _usesVariables;
    private bool _isCancelled;
    private bool _isStopped;
    private string? _failure;

    public Interpreter(SieveMessage message, SieveEnvironment environment, SieveLimits limits, bool usesVariables)
    {
        _limits = limits;
        _usesVariables = usesVariables;
        _variables = new(limits);
        _flags = new(_variables);
        _judge = new(message, environment, limits, Expand, _flags, matched =>
        {
            if (usesVariables)
            {
                _variables.Matched = matched;
            }
        });
    }

    public SieveOutcome Run(IReadOnlyList<SieveStatement> statements)
    {
        Execute(statements);
        if (_failure is not null)
        {
            return new([new SieveAction.Keep([])], _failure);
        }

        if (!_isCancelled && !_actions.Exists(a => a is SieveAction.Keep))
        {
            _actions.Add(new SieveAction.Keep(_flags.Current));
        }

        return new(_actions, null);
    }

    private void Execute(IReadOnlyList<SieveStatement> statements)
    {
        foreach (var statement in statements)
        {
            if (_isStopped || _failure is not null)
            {
                return;
            }

            Execute(statement);
            if (_judge.IsExhausted)
            {
                _failure ??= "The script takes too long.";
            }
        }
    }

    private void Execute(SieveStatement statement)
    {
        switch (statement)
        {
            case SieveStatement.If choice:
                foreach (var (test, block) in choice.Branches)
                {
                    if (test is null || _judge.Holds(test))
                    {
                        Execute(block);
                        break;
                    }
                }

                break;
            case SieveStatement.Stop:
                _isStopped = true;
                break;
            case SieveStatement.Keep keep:
                Act(new SieveAction.Keep(Flags(keep.Flags)), cancelsKeep: false);
                break;
            case SieveStatement.Discard:
                _isCancelled = true;
                break;
            case SieveStatement.FileInto file:
                FileInto(file);
                break;
            case SieveStatement.Redirect redirect:
                Redirect(redirect);
                break;
            case SieveStatement.Reject reject:
                Act(new SieveAction.Reject(Expand(reject.Reason), reject.AtProtocol), cancelsKeep: true);
                break;
            case SieveStatement.Vacation vacation:
                Vacation(vacation);
                break;
            case SieveStatement.Set set:
                SetVariable(set);
                break;
            case SieveStatement.ChangeFlags change:
                _flags.Change(change.Change, change.Variable, change.Flags.Select(f => Expand(f)));
                break;
        }
    }

    private void FileInto(SieveStatement.FileInto file)
    {
        var mailbox = Expand(file.Mailbox);
        if (mailbox.Length == 0 || mailbox.Any(char.IsControl))
        {
            _failure = "The name of a mailbox is empty or has control characters.";
            return;
        }

        // RFC 5228 §2.10.3: twice into one mailbox is once; the flags of the last count.
        _actions.RemoveAll(a => a is SieveAction.FileInto other && other.Mailbox == mailbox);
        Act(new SieveAction.FileInto(mailbox, file.Creates, Flags(file.Flags)), cancelsKeep: !file.IsCopy);
    }

    private void Redirect(SieveStatement.Redirect redirect)
    {
        var address = Expand(redirect.Address);
        if (!MailboxAddress.TryParse(address, out var parsed) || !parsed.Address.Contains('@', StringComparison.Ordinal))
        {
            _failure = $"\"{address}\" is no address.";
            return;
        }

        _isCancelled |= !redirect.IsCopy;
        if (_actions.Exists(a => a is SieveAction.Redirect other && IsSame(other.Address, parsed.Address)))
        {
            return;
        }

        if (_actions.Count(a => a is SieveAction.Redirect) == _limits.MaxRedirects)
        {
            _failure = "The message is redirected too often.";
            return;
        }

        Act(new SieveAction.Redirect(parsed.Address), cancelsKeep: !redirect.IsCopy);
    }

    // Only the domain has no case (RFC 5321 §2.4).
    private static bool IsSame(string left, string right)
        => left.LastIndexOf('@') is var at && at == right.LastIndexOf('@') && left.AsSpan(0, at).SequenceEqual(right.AsSpan(0, at))
            && left.AsSpan(at).Equals(right.AsSpan(at), StringComparison.OrdinalIgnoreCase);

    private void Vacation(SieveStatement.Vacation vacation)
    {
        if (_actions.Exists(a => a is SieveAction.Vacation))
        {
            _failure = "\"vacation\" may be used once."; // RFC 5230 §4.7
            return;
        }

        var (reason, subject, from) = (Expand(vacation.Reason), Expand(vacation.Subject), Expand(vacation.From));
        var handle = Expand(vacation.Handle) ?? string.Join('\n', subject, from, vacation.IsMime ? "mime" : "", reason);
        Act(new SieveAction.Vacation(reason, vacation.Interval, subject, from, [.. vacation.Addresses.Select(a => Expand(a))], vacation.IsMime, handle), cancelsKeep: false);
    }

    private void SetVariable(SieveStatement.Set set)
    {
        var value = set.Modifiers.Aggregate(Expand(set.Value), Variables.Modify);
        if (!_variables.TrySet(set.Name, value))
        {
            _failure = "There are too many variables.";
        }
    }

    private void Act(SieveAction action, bool cancelsKeep)
    {
        // RFC 5429 §2.2: a message is refused, or taken.
        if (action is SieveAction.Reject ? _actions.Exists(a => a is not SieveAction.Vacation) : action is not SieveAction.Vacation && _actions.Exists(a => a is SieveAction.Reject))
        {
            _failure = "A message cannot be rejected and delivered.";
            return;
        }

        if (_actions.Count == _limits.MaxActions)
        {
            _failure = "There are too many actions.";
            return;
        }

        if (action is SieveAction.Keep)
        {
            _actions.RemoveAll(a => a is SieveAction.Keep);
        }

        _actions.Add(action);
        _isCancelled |= cancelsKeep;
    }

    private IReadOnlyList<string> Flags(IReadOnlyList<string>? flags) => flags is null ? _flags.Current : FlagSets.Split(flags.Select(f => Expand(f)));

    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    private string? Expand(string? text) => text is null || !_usesVariables ? text : _variables.Expand(text);
}
