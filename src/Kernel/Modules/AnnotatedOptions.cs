using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Plenum.Kernel.Modules;

/// <summary>Checks an options class by its annotations and its own cross-field rules, and names the key as written in plenum.json.</summary>
internal sealed class AnnotatedOptions<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var broken = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), broken, validateAllProperties: true))
        {
            return ValidateOptionsResult.Success;
        }

        return ValidateOptionsResult.Fail(broken.Select(b => $"{section}:{string.Join(", ", b.MemberNames)}: {b.ErrorMessage}"));
    }
}
