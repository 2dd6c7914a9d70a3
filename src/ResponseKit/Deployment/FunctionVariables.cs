namespace ResponseKit.Deployment;

/// <summary>The environment variables by which a deployment tells a function what it is and what to work with.</summary>
public static class FunctionVariables
{
    /// <summary>Which function it is: one of <see cref="FunctionIds"/>, or an action's id.</summary>
    public const string Function = "RESPONSEKIT_FUNCTION";

    /// <summary>The name of the DynamoDB table.</summary>
    public const string Table = "RESPONSEKIT_TABLE";

    /// <summary>The ARN of the KMS key of which the seals of the table's items are derived.</summary>
    public const string SealKey = "RESPONSEKIT_SEAL_KEY";

    /// <summary>The policy: a path within the package, or the JSON itself.</summary>
    public const string Policy = "RESPONSEKIT_POLICY";

    /// <summary>The path of a file that <c>responsekit replay --learn</c> wrote.</summary>
    public const string Baseline = "RESPONSEKIT_BASELINE";

    /// <summary>The name of the role in the accounts.</summary>
    public const string ResponderRole = "RESPONSEKIT_RESPONDER_ROLE";

    /// <summary>What that role's trust policy asks for as <c>sts:ExternalId</c>.</summary>
    public const string ExternalId = "RESPONSEKIT_EXTERNAL_ID";

    /// <summary>The one account that is watched; not set where it is an organization.</summary>
    public const string Account = "RESPONSEKIT_ACCOUNT";

    /// <summary>What carries responses through.</summary>
    public const string Response = "RESPONSEKIT_RESPONSE";

    /// <summary>The ARN of the state machine that carries responses through.</summary>
    public const string StateMachine = "RESPONSEKIT_STATE_MACHINE";

    /// <summary>The pause between two looks of a response in process, in seconds.</summary>
    public const string PauseSeconds = "RESPONSEKIT_PAUSE_SECONDS";

    /// <summary>
    /// What the deployment consists of that CloudFormation and AWS named: ARNs and names with spaces between them. See <see cref="OwnDeployment.TryRead"/>.
    /// </summary>
    public const string Own = "RESPONSEKIT_OWN";

    /// <summary>The ARNs of the roles under which the deployment itself is changed, with commas between them, beside those that the policy names.</summary>
    public const string Deployers = "RESPONSEKIT_DEPLOYERS";

    /// <summary>The regions from which heartbeats must come, with commas between them.</summary>
    public const string Regions = "RESPONSEKIT_REGIONS";

    /// <summary>The accounts from which heartbeats must come, besides those of <see cref="Units"/>, with commas between them.</summary>
    public const string Accounts = "RESPONSEKIT_ACCOUNTS";

    /// <summary>The organizational units from whose accounts heartbeats must come, with commas between them.</summary>
    public const string Units = "RESPONSEKIT_UNITS";

    /// <summary>The ARN of the hub's bus.</summary>
    public const string Bus = "RESPONSEKIT_BUS";

    /// <summary>The path, within the package, of the rules that were deployed.</summary>
    public const string Rules = "RESPONSEKIT_RULES";

    /// <summary>The ARN of the hub's key, by which the hub's own rules know changes of it.</summary>
    public const string HubKey = "RESPONSEKIT_HUB_KEY";

    /// <summary>The ARN of the SNS topic for people.</summary>
    public const string Topic = "RESPONSEKIT_TOPIC";

    /// <summary>The ARN of the SNS topic that is told what the first one does not take.</summary>
    public const string AlarmTopic = "RESPONSEKIT_ALARM_TOPIC";

    /// <summary>The name of the bucket for reports and evidence.</summary>
    public const string EvidenceBucket = "RESPONSEKIT_EVIDENCE_BUCKET";
}
