using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.SQS;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Hub;

/// <summary>What all functions of the hub work with.</summary>
internal sealed record HubShared
{
    /// <summary>What is deployed.</summary>
    public required DeploymentSettings Settings { get; init; }

    /// <summary>The folder of the functions' package.</summary>
    public required string PackageFolder { get; init; }

    /// <summary>The key of all that is kept.</summary>
    public required IKey Key { get; init; }

    /// <summary>The ARN of the key of seals.</summary>
    public required string SealKeyArn { get; init; }

    /// <summary>The table and the bucket.</summary>
    public required HubStore Store { get; init; }

    /// <summary>The topics for people.</summary>
    public required HubTopic Topics { get; init; }

    /// <summary>Where invocations go that failed for good.</summary>
    public required IQueue FailedInvocations { get; init; }

    /// <summary>The ARN of the state machine, made of its name: it invokes the functions, one of which starts it.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>Which accounts the functions may enter.</summary>
    public required AccountReach Reach { get; init; }
}
