namespace ResponseKit.Bench.Rivals;

/// <summary>A program that goes through the files.</summary>
/// <param name="Name">As it stands in the tables.</param>
/// <param name="Does">What it does with the files, for a person.</param>
/// <param name="Command">The command for a folder and a number of cores.</param>
internal sealed record Contender(string Name, string Does, Func<string, int, IReadOnlyList<string>> Command)
{
    /// <summary>How to install it; null when it is there.</summary>
    public string? Missing { get; init; }

    /// <summary>How many records its output says there are, so that nobody is fast by leaving some out; null for those that only decompress.</summary>
    public Func<string, long>? Records { get; init; }

    /// <summary>Whether it did its work.</summary>
    public Func<int, bool> Succeeded { get; init; } = code => code == 0;
}
