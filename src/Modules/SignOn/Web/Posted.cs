using Microsoft.AspNetCore.Http;

namespace Plenum.SignOn.Web;

/// <summary>What a form of one button says.</summary>
internal static class Posted
{
    /// <summary>The value of the field "id"; <see cref="Guid.Empty"/>, which nothing has, if it is none.</summary>
    public static Guid Id(HttpContext http) => Guid.TryParse(http.Request.Form["id"], out var id) ? id : Guid.Empty;
}
