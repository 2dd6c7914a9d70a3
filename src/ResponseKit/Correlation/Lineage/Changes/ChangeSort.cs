namespace ResponseKit.Correlation.Lineage.Changes;

/// <summary>What became of something by a call.</summary>
public enum ChangeSort
{
    /// <summary>It was made.</summary>
    Made,

    /// <summary>It was opened to somebody: shared, trusted, given a way in.</summary>
    Opened,

    /// <summary>It was there before, and runs or costs more now.</summary>
    Enlarged,

    /// <summary>It was there before, and is another now.</summary>
    Altered,

    /// <summary>It was there before, and is gone, stopped or weakened.</summary>
    Removed,
}
