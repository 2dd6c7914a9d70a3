using System.Collections.Immutable;

namespace ResponseKit.Correlation.Blame;

/// <summary>
/// A case: who is responsible, and everybody who acts for him, in bodies. A body is what is done by the same hands; its evidence is its own and that of the
/// bodies above it, never that of another beside it.
/// </summary>
/// <param name="File">All that was done in it.</param>
/// <param name="Evidence">What each body is judged by.</param>
public sealed record CaseTree(CaseFile File, ImmutableArray<CaseFile> Evidence)
{
    /// <summary>Whose case it is.</summary>
    public string Key => File.RootKey;

    /// <summary>The case of nobody who did anything.</summary>
    public static CaseTree Empty(string key) => new(CaseFile.Empty(key), [CaseFile.Empty(key)]);

    /// <summary>
    /// Whether more belongs to it than was looked at: more identities than are followed for one verdict. Those that are left out are judged with their own next act.
    /// </summary>
    public bool IsCut { get; init; }

    /// <summary>The same people, without some of what was observed of them.</summary>
    /// <param name="isGone">Which observations.</param>
    public CaseTree Without(Func<Observation, bool> isGone) => this with { File = File.Without(isGone), Evidence = [.. Evidence.Select(file => file.Without(isGone))] };

    /// <summary>What each identity did whose deeds are in it, not only in so far as they are.</summary>
    internal ImmutableArray<Thinned> Parts { get; init; } = [];
}
