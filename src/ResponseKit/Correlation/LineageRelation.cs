namespace ResponseKit.Correlation;

/// <summary>How an actor came to a resource.</summary>
public enum LineageRelation
{
    /// <summary>It was there before; the actor changed it. It is restored, not destroyed.</summary>
    Altered,

    /// <summary>The actor made it.</summary>
    Created,
}
