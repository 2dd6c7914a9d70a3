using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Logs;
using Constructs;
using ResponseKit.Aws.Accounts;
using ResponseKit.Deployment;
using ResponseKit.Heartbeats;
using ResponseKit.Infra.Iam;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Hub;

/// <summary>One function with its own role and its own log.</summary>
internal sealed class HubFunction : Construct
{
    private const int HoursToTry = 6;

    /// <summary>Makes the function that is planned.</summary>
    public HubFunction(Construct scope, FunctionPlan plan, HubShared shared)
        : base(scope, plan.Id)
    {
        Plan = plan;
        Log = new LogGroup(this, "Log", new LogGroupProps { EncryptionKey = shared.Key, Retention = RetentionDays.ONE_YEAR, RemovalPolicy = RemovalPolicy.RETAIN });
        Role = new Role(this, "Role", new RoleProps
        {
            RoleName = DeployedNames.Function(plan.Id),
            Description = plan.Title,
            AssumedBy = new ServicePrincipal("lambda.amazonaws.com"),
            InlinePolicies = new Dictionary<string, PolicyDocument> { ["Function"] = Policies.Document(FunctionStatements.Of(plan, shared, Log.LogGroupArn)) },
        });
        if (plan.EntersAccounts)
            Tags.Of(Role).Add(DeployedNames.EnteringTag, "true");
        Function = new Function(this, "Function", new FunctionProps
        {
            FunctionName = DeployedNames.Function(plan.Id),
            Description = plan.Title,
            // Amazon.CDK.Lib 2.160 is older than the runtime, and has no constant for it.
            Runtime = new Runtime("dotnet10", RuntimeFamily.DOTNET_CORE),
            Architecture = Architecture.X86_64,
            Handler = Package.Handler,
            Code = Code.FromAsset(shared.PackageFolder),
            Role = Role.WithoutPolicyUpdates(),
            MemorySize = plan.Memory,
            Timeout = Duration.Seconds(plan.Timeout),
            LogGroup = Log,
            ReservedConcurrentExecutions = shared.Settings.ReservesConcurrency ? plan.Concurrency : null,
            Environment = Variables(plan, shared),
        });
        // Against what EventBridge or a person hands over asynchronously and the function fails at: Lambda tries again, and then keeps it in the queue.
        _ = new CfnEventInvokeConfig(this, "Failures", new CfnEventInvokeConfigProps
        {
            FunctionName = Function.FunctionName,
            Qualifier = "$LATEST",
            MaximumRetryAttempts = 2,
            MaximumEventAgeInSeconds = HoursToTry * 3600,
            DestinationConfig = new CfnEventInvokeConfig.DestinationConfigProperty
            {
                OnFailure = new CfnEventInvokeConfig.OnFailureProperty { Destination = shared.FailedInvocations.QueueArn },
            },
        });
    }

    /// <summary>What it was planned as.</summary>
    public FunctionPlan Plan { get; }

    /// <summary>The function.</summary>
    public Function Function { get; }

    /// <summary>Its role.</summary>
    public Role Role { get; }

    /// <summary>Its log.</summary>
    public LogGroup Log { get; }

    private static Dictionary<string, string> Variables(FunctionPlan plan, HubShared shared)
    {
        var variables = new Dictionary<string, string>
        {
            [FunctionVariables.Function] = plan.Id,
            [FunctionVariables.Table] = shared.Store.Table.TableName,
            [FunctionVariables.SealKey] = shared.SealKeyArn,
            [FunctionVariables.Policy] = Package.PolicyName,
            [FunctionVariables.ResponderRole] = new ResponderRole().Name,
            [FunctionVariables.ExternalId] = DeployedNames.ExternalId(Here.Account),
        };
        if (shared.Settings.Scope == DeploymentScope.Account)
            variables[FunctionVariables.Account] = Here.Account;
        if (plan.StartsResponses)
        {
            variables[FunctionVariables.Response] = "state-machine";
            variables[FunctionVariables.StateMachine] = shared.StateMachineArn;
        }

        variables[FunctionVariables.Topic] = shared.Topics.Topic.TopicArn;
        variables[FunctionVariables.AlarmTopic] = shared.Topics.Alarms.TopicArn;
        if (plan.Sweeps)
        {
            variables[FunctionVariables.Regions] = string.Join(',', shared.Settings.Regions);
            variables[FunctionVariables.Accounts] = shared.Settings.Organization?.Management ?? Here.Account;
            if (shared.Settings.Organization is { } organization)
                variables[FunctionVariables.Units] = string.Join(',', organization.Units);
            variables[FunctionVariables.Bus] = Here.BusArn(Here.Region, Here.Account);
            variables[FunctionVariables.Rules] = DeployedRules.FileName;
            variables[FunctionVariables.HubKey] = shared.Key.KeyArn;
        }

        if (plan.KeepsEvidence)
            variables[FunctionVariables.EvidenceBucket] = shared.Store.Evidence.BucketName;
        return variables;
    }
}
