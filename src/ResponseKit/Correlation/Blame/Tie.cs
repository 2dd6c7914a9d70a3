namespace ResponseKit.Correlation.Blame;

/// <summary>What a link means for blame.</summary>
internal enum Tie
{
    /// <summary>Nothing: the child acts for itself.</summary>
    None,

    /// <summary>The child's deeds lead to the parent, and what the parent did counts with them. Other children's deeds do not.</summary>
    Chain,

    /// <summary>The same hands: what is done under both names counts as one.</summary>
    Same,
}
