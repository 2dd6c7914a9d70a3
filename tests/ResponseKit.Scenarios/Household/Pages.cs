using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Household;

/// <summary>What the console asks when somebody opens a page of it.</summary>
internal static class Pages
{
    private static readonly string[][] All =
    [
        ["ec2:DescribeInstances", "ec2:DescribeInstanceStatus", "ec2:DescribeTags", "ec2:DescribeInstanceTypes", "ec2:DescribeVolumes",
            "monitoring:DescribeAlarms", "ec2:GetEbsEncryptionByDefault"],
        ["ec2:DescribeRegions", "ec2:DescribeAccountAttributes", "ec2:DescribeSecurityGroups", "ec2:DescribeKeyPairs", "ec2:DescribeAddresses",
            "ec2:DescribeSnapshots", "elasticloadbalancing:DescribeLoadBalancers", "autoscaling:DescribeAutoScalingGroups", "health:DescribeEventAggregates"],
        ["s3:ListBuckets", "s3:GetBucketLocation", "s3:GetBucketVersioning", "s3:GetBucketPublicAccessBlock", "s3:GetAccountPublicAccessBlock",
            "access-analyzer:ListAnalyzers"],
        ["rds:DescribeDBInstances", "rds:DescribeDBClusters", "rds:DescribePendingMaintenanceActions", "rds:DescribeDBSubnetGroups", "pi:GetResourceMetrics"],
        ["lambda:ListFunctions20150331", "lambda:GetAccountSettings20160819", "lambda:GetFunction20150331v2", "lambda:GetPolicy20150331v2",
            "lambda:ListEventSourceMappings20150331", "logs:DescribeLogStreams"],
        ["ecs:ListClusters", "ecs:DescribeClusters", "ecs:ListServices", "ecs:DescribeServices", "ecs:ListTasks", "ecs:DescribeTasks"],
        ["iam:GetAccountSummary", "iam:ListAccountAliases", "iam:GetAccountPasswordPolicy", "iam:ListUsers", "iam:ListMFADevices", "iam:ListAccessKeys",
            "iam:GetLoginProfile"],
        ["cloudformation:ListStacks", "cloudformation:DescribeStacks", "cloudformation:DescribeStackEvents", "cloudformation:ListStackResources"],
        ["logs:DescribeLogGroups", "logs:FilterLogEvents", "logs:DescribeMetricFilters", "monitoring:ListDashboards", "monitoring:DescribeAlarms"],
        ["cost-optimization-hub:ListEnrollmentStatuses", "ce:GetCostAndUsage", "ce:GetCostForecast", "budgets:DescribeBudgets", "freetier:GetFreeTierUsage"],
        ["dynamodb:ListTables", "dynamodb:DescribeTable", "dynamodb:DescribeContinuousBackups", "application-autoscaling:DescribeScalableTargets"],
        ["sqs:ListQueues", "sqs:GetQueueAttributes", "sns:ListTopics", "sns:GetTopicAttributes"],
    ];

    /// <summary>The calls of one page, some of which only open parts of it.</summary>
    public static IEnumerable<Call> Open(Dice dice, string region) => dice.Pick(All)
        .Where(_ => dice.Chance(0.85))
        .Select(entry => entry.Split(':'))
        .Select(parts => Call.Read(parts[0], parts[1], parts[0] is "iam" or "ce" or "budgets" ? Regions.Virginia : region, Parameters(parts[1], dice)));

    private static object? Parameters(string name, Dice dice) => name switch
    {
        "DescribeInstances" or "DescribeInstanceStatus" => new { maxResults = 1000, instancesSet = new { }, filterSet = new { } },
        "DescribeVolumes" => new { volumeSet = new { }, filterSet = new { } },
        "DescribeSecurityGroups" => new { maxResults = 1000, securityGroupSet = new { }, securityGroupIdSet = new { }, filterSet = new { } },
        "DescribeRegions" => new { regionSet = new { }, allRegions = true },
        "DescribeAlarms" => new { maxRecords = 100 },
        "ListUsers" or "ListAccountAliases" or "GetAccountSummary" => null,
        "DescribeServices" => new { cluster = "main", services = new[] { "web" } },
        "DescribeClusters" => new { clusters = new[] { "main" } },
        "GetCostAndUsage" => new { granularity = "DAILY", metrics = new[] { "UnblendedCost" } },
        "FilterLogEvents" => new { logGroupName = "/ecs/web", startTime = 1773100000000 + dice.Between(0, 50_000_000) },
        "GetFunction20150331v2" => new { functionName = "thumbnails" },
        _ => null,
    };
}
