using System.Globalization;

namespace Plenum.Testing;

/// <summary>Reports how many cases of a public vector set passed; <c>bin/test</c> prints one line per set.</summary>
public static class VectorSet
{
    /// <summary>Writes <c>vectors: NAME PASSED/TOTAL</c> to standard output and, for bin/test, into the folder PLENUM_VECTORS.</summary>
    public static void Report(string name, int passed, int total)
        => Write(name, string.Create(CultureInfo.InvariantCulture, $"{passed}/{total}"));

    /// <summary>Says that the set's data is not on this machine; it is not counted as passed.</summary>
    public static void ReportAbsent(string name) => Write(name, "absent");

    private static void Write(string name, string result)
    {
        var line = $"vectors: {name} {result}";
        Console.WriteLine(line);
        if (Environment.GetEnvironmentVariable("PLENUM_VECTORS") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, name), line + "\n");
        }
    }
}
