namespace ResponseKit.Deployment;

/// <summary>
/// The names that a deployment gives what other accounts, regions and people must find. What holds data has a name of CloudFormation's making, so that
/// it can stay behind without being in the next deployment's way.
/// </summary>
public static class DeployedNames
{
    /// <summary>How everything that has a name of ours begins.</summary>
    public const string Prefix = "ResponseKit";

    /// <summary>The event bus that all accounts and regions send to.</summary>
    public const string Bus = Prefix;

    /// <summary>The state machine that carries responses through.</summary>
    public const string StateMachine = Prefix;

    /// <summary>The role of the state machine.</summary>
    public const string StateMachineRole = Prefix + "-state-machine";

    /// <summary>The role by which an account's rules, in whatever region, send events to the bus.</summary>
    public const string ForwarderRole = Prefix + "-forwarder";

    /// <summary>The rule, of each region, that brings heartbeats back.</summary>
    public const string HeartbeatRule = Prefix + "-heartbeat";

    /// <summary>The tag of the hub's key, whose value is <c>true</c>.</summary>
    public const string KeyTag = Prefix + "-key";

    /// <summary>The tag, whose value is <c>true</c>, of the roles of the functions that enter accounts. A member's responder role asks for it.</summary>
    public const string EnteringTag = Prefix + "-enters-accounts";

    /// <summary>The service control policy that is attached in an emergency, and to nothing until then.</summary>
    public const string FreezePolicy = Prefix + "-emergency-freeze";

    /// <summary>The service control policy that protects ResponseKit itself.</summary>
    public const string TamperPolicy = Prefix + "-tamper-protection";

    /// <summary>The function of an id: <c>iam.contain-user</c> is <c>ResponseKit-iam-contain-user</c>. Its role has the same name.</summary>
    public static string Function(string id) => $"{Prefix}-{id.Replace('.', '-')}";

    /// <summary>What the responder role asks for as <c>sts:ExternalId</c>: it binds the role to one hub.</summary>
    /// <param name="hubAccount">The account of the functions.</param>
    public static string ExternalId(string hubAccount) => $"{Prefix}-{hubAccount}";
}
