namespace ResponseKit.Cli.Drill.Checks;

/// <summary>One statement about the end state, as the account itself answered.</summary>
/// <param name="Name">What must be so.</param>
/// <param name="Passed">Whether it is.</param>
/// <param name="Detail">What was seen.</param>
internal sealed record DrillCheck(string Name, bool Passed, string Detail)
{
    /// <summary>Passes when nothing that must not be there was found.</summary>
    public static DrillCheck None(string name, IReadOnlyCollection<string> found, string whenNone) => new(
        name, found.Count == 0, found.Count == 0 ? whenNone : $"{found.Count} found: {string.Join(", ", found.Take(3))}{(found.Count > 3 ? ", …" : "")}");
}
