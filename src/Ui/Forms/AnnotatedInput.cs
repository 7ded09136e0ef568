using System.ComponentModel.DataAnnotations;
using Plenum.Kernel.Language;

namespace Plenum.Ui;

/// <summary>Checks a form's input by its annotations and says what is wrong in the reader's language.</summary>
public static class AnnotatedInput
{
    /// <returns>The broken properties, each with one sentence; an attribute's own ErrorMessage is a key of Texts.</returns>
    public static IEnumerable<(string Field, string Message)> Check(object input, Texts texts)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(texts);
        var found = false;
        foreach (var property in input.GetType().GetProperties().Where(p => p.CanRead && p.GetIndexParameters().Length == 0))
        {
            var value = property.GetValue(input);
            var context = new ValidationContext(input) { MemberName = property.Name };
            foreach (var rule in property.GetCustomAttributes(typeof(ValidationAttribute), inherit: true).Cast<ValidationAttribute>())
            {
                if (rule.GetValidationResult(value, context) is not null)
                {
                    found = true;
                    yield return (property.Name, Sentence(rule, value, texts));
                    break;
                }
            }
        }

        // Rules across fields only speak when each field alone is right.
        if (!found && input is IValidatableObject whole)
        {
            foreach (var result in whole.Validate(new(input)))
            {
                yield return (result.MemberNames.FirstOrDefault() ?? "", texts[result.ErrorMessage ?? "ui.error.format"]);
            }
        }
    }

    private static string Sentence(ValidationAttribute rule, object? value, Texts texts) => rule switch
    {
        { ErrorMessage: { } key } => texts[key],
        RequiredAttribute => texts["ui.error.required"],
        StringLengthAttribute { MinimumLength: var least } when value is string text && text.Length < least => texts["ui.error.too-short", least],
        StringLengthAttribute { MaximumLength: var most } => texts["ui.error.too-long", most],
        MaxLengthAttribute { Length: var most } => texts["ui.error.too-long", most],
        MinLengthAttribute { Length: var least } => texts["ui.error.too-short", least],
        EmailAddressAttribute => texts["ui.error.email"],
        UrlAttribute => texts["ui.error.url"],
        RangeAttribute range => texts["ui.error.range", range.Minimum, range.Maximum],
        CompareAttribute => texts["ui.error.compare"],
        _ => texts["ui.error.format"],
    };
}
