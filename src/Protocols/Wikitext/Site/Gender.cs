namespace Plenum.Wikitext.Site;

/// <summary>How a person wants to be spoken of; chooses among the forms of GENDER.</summary>
public enum Gender
{
    Unknown,
    Male,
    Female,
}
