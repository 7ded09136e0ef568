using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.AspNetCore.Components.Forms.Mapping;
using Plenum.Kernel.Language;

namespace Plenum.Ui;

/// <summary>A field bound to a property of the form's input: label, hint, control and what is wrong with it.</summary>
public abstract class FormField<TValue> : InputBase<TValue>
{
    [Inject] protected Texts Texts { get; set; } = null!;

    [CascadingParameter] private FormMappingContext? Mapping { get; set; }

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    [Parameter] public string? Hint { get; set; }

    /// <summary>Says "optional" beside the label; what is not optional is required.</summary>
    [Parameter] public bool IsOptional { get; set; }

    /// <summary>Needed only where two forms of one page have fields of the same name.</summary>
    [Parameter] public string IdPrefix { get; set; } = "f-";

    protected string Id => IdPrefix + FieldIdentifier.FieldName;

    protected string? DescribedBy => FieldFrame.DescribedBy(Id, Hint, Error);

    protected string? Error
    {
        get
        {
            if (Mapping?.GetErrors(NameAttributeValue) is not null)
            {
                return Texts["ui.error.unreadable"];
            }

            // InputBase has no context outside an EditForm, whatever its annotation says.
            var message = EditContext is { } context ? context.GetValidationMessages(FieldIdentifier).FirstOrDefault() : null;
            return message is null ? null : Texts[message];
        }
    }

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (EditContext is { } context)
        {
            context.Properties[FormChecks.LabelKey(FieldIdentifier.FieldName)] = (Id, Label);
        }
    }

    protected override bool TryParseValueFromString(string? value, out TValue result, out string validationErrorMessage)
    {
        validationErrorMessage = "ui.error.unreadable";
        var parsed = BindConverter.TryConvertTo<TValue>(value, CultureInfo.InvariantCulture, out var converted);
        result = converted!;
        return parsed;
    }
}
