using Constructs;
using CfnRule = Amazon.CDK.AWS.Events.CfnRule;

namespace ResponseKit.Infra.Events;

/// <summary>Rules as we write them: each with a place for what its target does not take.</summary>
internal static class RuleWithLosses
{
    /// <summary>
    /// The state of a rule that also gets calls that only read, where such are on its bus: on the default bus, and on one to which a rule in this state
    /// forwards them (EventBridge User Guide, "AWS service events delivered via AWS CloudTrail"). CDK's own class for rules cannot say it.
    /// </summary>
    public const string WithReads = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

    private const int SecondsToTry = 6 * 3600;
    private const int MostAttempts = 185;

    /// <summary>Makes a rule with its targets. The queue must accept what the rule leaves in it.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="name">The rule's name, also in the template.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="pattern">The pattern, for CDK.</param>
    /// <param name="targets">Its targets, without the queue.</param>
    /// <param name="losses">The queue.</param>
    /// <param name="bus">The bus; null for the default one.</param>
    public static CfnRule Rule(
        Construct scope, string name, string description, object pattern, IEnumerable<CfnRule.TargetProperty> targets, LossQueue losses, string? bus = null)
    {
        return new CfnRule(scope, name, new Amazon.CDK.AWS.Events.CfnRuleProps
        {
            Name = name,
            Description = description,
            EventBusName = bus,
            EventPattern = pattern,
            State = "ENABLED",
            Targets = targets.Select(target => new CfnRule.TargetProperty
            {
                Id = target.Id,
                Arn = target.Arn,
                RoleArn = target.RoleArn,
                InputTransformer = target.InputTransformer,
                DeadLetterConfig = new CfnRule.DeadLetterConfigProperty { Arn = losses.Queue.QueueArn },
                RetryPolicy = new CfnRule.RetryPolicyProperty { MaximumEventAgeInSeconds = SecondsToTry, MaximumRetryAttempts = MostAttempts },
            }).ToArray(),
        });
    }
}
