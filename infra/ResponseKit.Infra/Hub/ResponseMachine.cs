using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.KMS;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using ResponseKit.Deployment;
using ResponseKit.Infra.Iam;
using ResponseKit.Infra.Settings;
using ResponseKit.Response;

namespace ResponseKit.Infra.Hub;

/// <summary>The state machine that carries responses through, made from the list of stages.</summary>
internal sealed class ResponseMachine : Construct
{
    /// <summary>Makes it.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="id">Under which name.</param>
    /// <param name="functions">The functions that it invokes.</param>
    /// <param name="key">What its log is encrypted with.</param>
    public ResponseMachine(Construct scope, string id, IReadOnlyList<HubFunction> functions, IKey key)
        : base(scope, id)
    {
        Log = new LogGroup(this, "Log", new LogGroupProps { EncryptionKey = key, Retention = RetentionDays.ONE_YEAR, RemovalPolicy = RemovalPolicy.RETAIN });
        var role = new Role(this, "Role", new RoleProps
        {
            RoleName = DeployedNames.StateMachineRole,
            Description = "Invokes the functions of a response.",
            AssumedBy = new ServicePrincipal("states.amazonaws.com"),
            InlinePolicies = new Dictionary<string, PolicyDocument>
            {
                ["StateMachine"] = Policies.Document([new(["lambda:InvokeFunction"], [.. functions.Select(function => function.Function.FunctionArn)]), Logging]),
            },
        });
        var arns = functions.ToDictionary(function => function.Plan.Id, function => function.Function.FunctionArn, StringComparer.Ordinal);
        Machine = new CfnStateMachine(this, "Machine", new CfnStateMachineProps
        {
            StateMachineName = DeployedNames.StateMachine,
            StateMachineType = "STANDARD",
            RoleArn = role.RoleArn,
            DefinitionString = StateMachineDefinition.Of(
                functions.Select(function => function.Plan.Action).OfType<ActionDescriptor>(), function => arns[function], new RunnerSettings(), Here.Partition),
            // Not what is passed from state to state: it would be kept twice, and the table has it.
            LoggingConfiguration = new CfnStateMachine.LoggingConfigurationProperty
            {
                Level = "ALL",
                IncludeExecutionData = false,
                Destinations = new[]
                {
                    new CfnStateMachine.LogDestinationProperty
                    {
                        CloudWatchLogsLogGroup = new CfnStateMachine.CloudWatchLogsLogGroupProperty { LogGroupArn = Log.LogGroupArn },
                    },
                },
            },
            TracingConfiguration = new CfnStateMachine.TracingConfigurationProperty { Enabled = false },
        });
        Machine.Node.AddDependency(role);
    }

    /// <summary>The state machine.</summary>
    public CfnStateMachine Machine { get; }

    /// <summary>Its log.</summary>
    public LogGroup Log { get; }

    // Step Functions Developer Guide, "Using CloudWatch Logs to log execution history": these have no resource types.
    private static Statement Logging => new(
        [
            "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:GetLogDelivery",
            "logs:ListLogDeliveries", "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
        ],
        ["*"]);
}
