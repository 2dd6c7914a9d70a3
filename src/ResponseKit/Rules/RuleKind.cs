namespace ResponseKit.Rules;

/// <summary>What rules are never mixed: their patterns have different shapes, or they need different states.</summary>
internal enum RuleKind
{
    /// <summary>Calls that change something.</summary>
    Writes,

    /// <summary>Calls that open sessions: reads by their kind, and delivered whether or not others are.</summary>
    Sessions,

    /// <summary>Calls that only read.</summary>
    Reads,

    /// <summary>Whatever callers of a type change.</summary>
    ByCaller,

    /// <summary>Whatever callers of a type read.</summary>
    ReadsByCaller,

    /// <summary>Events that a service sends of itself.</summary>
    Event,
}
