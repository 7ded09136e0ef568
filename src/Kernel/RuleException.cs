namespace Plenum.Kernel;

/// <summary>A rule of the domain was broken by what a person asked for. Caught once per door: a message on the page, 5xx in SMTP, 422 in the API.</summary>
/// <param name="key">Key of the sentence for the person in Texts.*.json.</param>
/// <param name="args">Values for the sentence's {0}, {1} …</param>
public sealed class RuleException(string key, params object?[] args) : Exception(key)
{
    public string Key { get; } = key;

    public IReadOnlyList<object?> Args { get; } = args;
}
