namespace ResponseKit.Deployment;

/// <summary>The environment variables by which a deployment tells a function what it is and what to work with.</summary>
public static class FunctionVariables
{
    /// <summary>Which function it is: one of <see cref="FunctionIds"/>, or an action's id.</summary>
    public const string Function = "RESPONSEKIT_FUNCTION";

    /// <summary>The name of the DynamoDB table.</summary>
    public const string Table = "RESPONSEKIT_TABLE";

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

    /// <summary>The ARN of the SNS topic for people.</summary>
    public const string Topic = "RESPONSEKIT_TOPIC";

    /// <summary>The name of the bucket for reports and evidence.</summary>
    public const string EvidenceBucket = "RESPONSEKIT_EVIDENCE_BUCKET";
}
