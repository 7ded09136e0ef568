namespace Plenum;

/// <summary>What decides how a house is built: where its data is, which settings the command line adds.</summary>
/// <param name="DataFolder">Folder with everything of this Plenum.</param>
/// <param name="Settings">Settings such as "Database:Provider=PostgreSQL"; they win over plenum.json and the environment.</param>
/// <param name="IsDemo">Fill an empty house with the demo organisation, and let no mail out.</param>
internal sealed record HouseArguments(string DataFolder, IReadOnlyDictionary<string, string?> Settings, bool IsDemo);
