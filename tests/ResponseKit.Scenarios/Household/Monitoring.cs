using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Household;

/// <summary>A vendor of monitoring, with a role that it takes from its own account. It reads, everywhere.</summary>
internal sealed class Monitoring(Stage stage, TimeSpan length) : Member(stage, length)
{
    private static readonly string[] Calls =
    [
        "ec2:DescribeInstances", "ec2:DescribeVolumes", "ec2:DescribeInstanceStatus", "ec2:DescribeNatGateways", "ec2:DescribeSecurityGroups",
            "autoscaling:DescribeAutoScalingGroups",
        "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTargetHealth", "rds:DescribeDBInstances", "rds:DescribeEvents",
            "ecs:ListClusters", "ecs:DescribeClusters",
        "lambda:ListFunctions20150331", "monitoring:DescribeAlarms", "monitoring:ListMetrics", "tagging:GetResources", "sqs:ListQueues", "sns:ListTopics",
            "dynamodb:ListTables",
        "cloudtrail:DescribeTrails", "cloudtrail:LookupEvents", "s3:ListBuckets", "elasticache:DescribeCacheClusters", "kinesis:ListStreams", "health:DescribeEvents",
    ];

    private readonly string _external = stage.Dice.Hex(32);

    protected override void Work(DateTimeOffset from)
    {
        var role = Stage.Role("ObservabilityIntegration");
        var place = new Place($"198.51.100.{Dice.Between(10, 14)}", Agents.Boto3);
        var key = Dice.TemporaryKey();
        var vendor = Others.Foreign("777766665555", "AROAVENDORCRAWLER3Q7X:crawler", place);
        Stage.Person(vendor, from).Does(Stage.Sts(Regions.Virginia, from).AssumeRole(role, "ObservabilityCrawler", key, 3600, _external));
        var hand = Stage.Person(role.Session("ObservabilityCrawler", key, from, place), from.AddSeconds(1)).Pace(0.1, 1.5);
        foreach (var region in Dice.Shuffled(Regions.Default).Take(Dice.Between(1, 3)).Prepend(Stage.Home))
        {
            foreach (var entry in Dice.Shuffled(Calls).Take(Dice.Between(4, 12)))
            {
                var parts = entry.Split(':');
                var call = Call.Read(parts[0], parts[1], region);
                hand.Does(parts[1] is "DescribeEvents" or "LookupEvents" && Dice.Chance(0.5) ? call.DeniedTo(hand.Caller, Dice) : call);
            }
        }
    }
}
