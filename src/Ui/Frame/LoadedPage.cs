using Microsoft.AspNetCore.Components;

namespace Plenum.Ui;

/// <summary>
/// A page that reads before it shows anything: <c>@inherits LoadedPage</c> and <c>LoadAsync</c> instead of OnInitializedAsync. Without it
/// Blazor renders a page once while its first query still runs, with fields that are null, and starts its parts meanwhile.
/// </summary>
/// <remarks>
/// Only pages read. A request has one PlenumDb, and two parts of a page that read at the same time would use it twice at once, which
/// PostgreSQL's driver refuses and SQLite's, being synchronous, hides. Parts get what they show as parameters.
/// </remarks>
public abstract class LoadedPage : ComponentBase
{
    private bool _isLoaded;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!_isLoaded)
        {
            _isLoaded = true;
            await LoadAsync();
        }

        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Runs once, with all parameters set, before the first render.</summary>
    protected abstract Task LoadAsync();
}
