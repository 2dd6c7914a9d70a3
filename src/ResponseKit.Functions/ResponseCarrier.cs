namespace ResponseKit.Functions;

/// <summary>What carries responses through.</summary>
public enum ResponseCarrier
{
    /// <summary>Nothing: a person acts.</summary>
    None,

    /// <summary>Triage itself, within its invocation.</summary>
    InProcess,

    /// <summary>The state machine.</summary>
    StateMachine,
}
