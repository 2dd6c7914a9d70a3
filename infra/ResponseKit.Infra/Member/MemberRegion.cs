using Amazon.CDK.AWS.CloudWatch;
using Amazon.CDK.AWS.Events;
using Constructs;
using ResponseKit.Deployment;
using ResponseKit.Infra.Events;

namespace ResponseKit.Infra.Member;

/// <summary>
/// What an account needs in each region: the rules that send events to the hub, made from what detections listen to, and the watch over them. There is no
/// function and no asset in it, so that it fits into a StackSet.
/// </summary>
internal sealed class MemberRegion : Construct
{
    private const int QuotaPercent = 80;
    private const string Unforwarded = "unforwarded-events";
    private const string Ec2 = "ec2-vcpus";
    private const string Fargate = "fargate-vcpus";

    /// <summary>Makes the rules.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="id">Under which name.</param>
    /// <param name="busArn">The hub's bus.</param>
    /// <param name="forwarderRoleArn">The role of the rules, which the account has once.</param>
    /// <param name="deployers">Whose changes are meant to be.</param>
    /// <param name="reads">Whether rules for calls that only read are wanted.</param>
    public MemberRegion(Construct scope, string id, string busArn, string forwarderRoleArn, Deployers deployers, bool reads)
        : base(scope, id)
    {
        var hub = new CfnRule.TargetProperty { Id = "hub", Arn = busArn, RoleArn = forwarderRoleArn };
        var losses = new LossQueue(
            this, "Unforwarded", Unforwarded,
            "Events of this region could not be sent to ResponseKit's bus, so triage has not seen them. See docs/deploy.md, \"When an alarm goes off\".");
        losses.Accept($"{DeployedNames.Prefix}-*");
        foreach (var rule in MemberRules.Everywhere(reads).Concat(MemberRules.Changes(deployers)))
            RuleWithLosses.Rule(this, rule.Name, rule.Description, Patterns.ToObject(rule.Pattern), [hub], losses).State = rule.State;
        Quota(Ec2, "EC2");
        Quota(Fargate, "Fargate");
    }

    // Who mines uses up the quota for On-Demand vCPUs; who is refused at it has used it up. CloudWatch User Guide, "Visualizing your service quotas".
    private void Quota(string name, string service) => _ = new Alarm(this, name, new AlarmProps
    {
        AlarmName = $"{DeployedNames.Prefix}-{name}",
        AlarmDescription = $"More than {QuotaPercent} % of this region's quota of {service} vCPUs is in use. If nobody means to, see who launched what.",
        Metric = new MathExpression(new MathExpressionProps
        {
            Expression = "used / SERVICE_QUOTA(used) * 100",
            Label = $"{service} vCPUs in use, percent of the quota",
            Period = Amazon.CDK.Duration.Minutes(5),
            UsingMetrics = new Dictionary<string, IMetric>
            {
                ["used"] = new Metric(new MetricProps
                {
                    Namespace = "AWS/Usage",
                    MetricName = "ResourceCount",
                    Statistic = "Maximum",
                    Period = Amazon.CDK.Duration.Minutes(5),
                    DimensionsMap = new Dictionary<string, string>
                    {
                        ["Type"] = "Resource",
                        ["Resource"] = "vCPU",
                        ["Service"] = service,
                        ["Class"] = "Standard/OnDemand",
                    },
                }),
            },
        }),
        ComparisonOperator = ComparisonOperator.GREATER_THAN_THRESHOLD,
        Threshold = QuotaPercent,
        EvaluationPeriods = 1,
        TreatMissingData = TreatMissingData.NOT_BREACHING,
    });
}
