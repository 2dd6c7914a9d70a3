using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using ResponseKit.Deployment;
using ResponseKit.Infra.Events;
using ResponseKit.Infra.Settings;

namespace ResponseKit.Infra.Hub;

/// <summary>
/// Invokes the sweep. Heartbeats that are sent by one sweep are looked for by the next, so silence is told after two of them at the latest: within the hour.
/// </summary>
internal sealed class SweepSchedule : Construct
{
    /// <summary>How often.</summary>
    public const int Minutes = 25;

    /// <summary>Makes the rule.</summary>
    public SweepSchedule(Construct scope, string id, Function sweep, LossQueue losses)
        : base(scope, id)
    {
        var name = $"{DeployedNames.Prefix}-sweep";
        losses.Accept(name);
        var rule = new CfnRule(this, name, new Amazon.CDK.AWS.Events.CfnRuleProps
        {
            Name = name,
            Description = "Asks accounts and regions for heartbeats.",
            ScheduleExpression = $"rate({Minutes} minutes)",
            State = "ENABLED",
            Targets = new[]
            {
                new CfnRule.TargetProperty
                {
                    Id = "sweep",
                    Arn = sweep.FunctionArn,
                    DeadLetterConfig = new CfnRule.DeadLetterConfigProperty { Arn = losses.Queue.QueueArn },
                    // The next one comes soon.
                    RetryPolicy = new CfnRule.RetryPolicyProperty { MaximumEventAgeInSeconds = 600, MaximumRetryAttempts = 3 },
                },
            },
        });
        _ = new CfnPermission(this, "InvokeSweep", new CfnPermissionProps
        {
            Action = "lambda:InvokeFunction",
            FunctionName = sweep.FunctionArn,
            Principal = "events.amazonaws.com",
            SourceAccount = Here.Account,
            SourceArn = rule.AttrArn,
        });
    }
}
