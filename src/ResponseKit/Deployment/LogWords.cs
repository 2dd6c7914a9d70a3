namespace ResponseKit.Deployment;

/// <summary>Words of log lines that a deployment counts for its alarms.</summary>
public static class LogWords
{
    /// <summary>Triage: the case calls for containment, and the response is under way.</summary>
    public const string Responding = "triage.responding";

    /// <summary>Triage: the case calls for containment, and nothing is done by itself.</summary>
    public const string NotResponding = "triage.notresponding";

    /// <summary>Triage: more happened than is kept as evidence. Somebody may be hiding in the noise.</summary>
    public const string Thinned = "triage.thinned";

    /// <summary>Triage: it was handed something that is no event of AWS's, or none that can be read.</summary>
    public const string Rejected = "triage.rejected";

    /// <summary>All functions: an item of the table cannot be verified.</summary>
    public const string Unverified = "state.unverified";

    /// <summary>All functions: the seal key cannot be used, so nothing of the table can be verified.</summary>
    public const string SealKeyUnusable = "state.seal-key-unusable";

    /// <summary>Triage and actions: something was held back by the kill switch.</summary>
    public const string KillSwitch = "kill switch is on since";

    /// <summary>Actions: something that was to be done, or undone, was not, and nothing holds it back.</summary>
    public const string ActionFailed = "action.failed";

    /// <summary>Sweep: from some accounts and regions nothing is heard, or less.</summary>
    public const string Silent = "heartbeat.silent";

    /// <summary>Sweep: all accounts and regions were asked.</summary>
    public const string Swept = "heartbeat.swept";
}
