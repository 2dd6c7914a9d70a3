using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>
/// Terraform builds all of an account, and in the evening pulls it down again: users with keys, an administrator's role, services on Fargate, a group of instances,
/// a trail, a detector, rules. Reads far outnumber changes, as the provider looks at everything that it has made.
/// </summary>
internal sealed class TerraformEstate : IScript
{
    public IEnumerable<Plot> Plots =>
    [
        new("terraform-estate", "An estate is built with Terraform, and destroyed in the evening", false, stage => Play(stage, [stage.Home])),
        new("terraform-multi-region", "The same estate in three regions, for disaster recovery", false,
            stage => Play(stage, [Regions.Virginia, Regions.Oregon, Regions.Ireland])),
    ];

    private static void Play(Stage stage, IReadOnlyList<string> regions)
    {
        Everyday.Live(stage, 10, 700);
        var user = stage.User("terraform");
        var caller = user.WithKey(stage.Dice.Key(), new("192.0.2.181", Agents.Terraform));
        var apply = stage.Person(caller, stage.After(30)).Pace(0.05, 0.6);
        apply.Does(stage.Sts(stage.Home, apply.Now).WhoAmI());
        var shared = Global(stage, apply);
        var made = regions.Select(region => (Region: region, Made: Build(stage, apply, region, shared))).ToList();

        var plan = stage.Person(caller, stage.After(240)).Pace(0.05, 0.4);
        foreach (var region in regions)
            Refresh(stage, plan, region);

        var destroy = stage.Person(caller, stage.After(540)).Pace(0.05, 0.6);
        foreach (var (region, things) in made)
        {
            Refresh(stage, destroy, region);
            Destroy(stage, destroy, region, things);
        }

        DestroyGlobal(destroy, shared);
    }

    private sealed record Shared(IamRole Administrator, IamRole Task, IamRole Function, IamRole Instance, IReadOnlyList<(IamUser User, string Key)> Users);

    private sealed record Made(string Template, string Detector, IReadOnlyList<string> Functions, IReadOnlyList<string> Instances);

    private static Shared Global(Stage stage, Hand hand)
    {
        var shared = new Shared(
            stage.Role("estate-admin"), stage.Role("estate-task"), stage.Role("estate-function"), stage.Role("estate-instance"),
            [.. new[] { "estate-mail", "estate-backup", "estate-ci" }.Select(name => (stage.User(name), stage.Dice.Key()))]);
        var iam = stage.Iam(hand.Now);
        foreach (var (role, trust) in new[]
        {
            (shared.Administrator, IamCalls.TrustedAccount(stage.Account)), (shared.Task, IamCalls.TrustedService("ecs-tasks")),
            (shared.Function, IamCalls.TrustedService("lambda")), (shared.Instance, IamCalls.TrustedService("ec2")),
        })
        {
            hand.Does(iam.CreateRole(role, trust)).Does(LookAt(role));
        }

        hand.Does(IamCalls.AttachRolePolicy(shared.Administrator, IamCalls.Administrator),
            IamCalls.AttachRolePolicy(shared.Function, "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"))
            .Does(IamCalls.PutRolePolicy(shared.Task, "estate-task", IamCalls.Policy(("s3:GetObject", "*"), ("secretsmanager:GetSecretValue", "*"))))
            .Does(iam.CreateInstanceProfile(shared.Instance), IamCalls.AddRoleToInstanceProfile(shared.Instance),
                iam.CreatePolicy("estate-deploy", IamCalls.Policy(("ecs:*", "*"), ("iam:PassRole", "*"))));
        foreach (var (user, key) in shared.Users)
        {
            hand.Does(iam.CreateUser(user, new[] { new { key = "managed-by", value = "terraform" } }),
                IamCalls.Read("GetUser", new { userName = user.Name }), iam.CreateAccessKey(user, key))
                .Does(user.Name == "estate-mail" ? IamCalls.AttachUserPolicy(user,
                    "arn:aws:iam::aws:policy/AmazonSESFullAccess") : IamCalls.PutUserPolicy(user, "estate", IamCalls.Policy(("s3:*", "*"))))
                .Does(IamCalls.Read("ListAccessKeys", new { userName = user.Name }));
        }

        return shared;
    }

    private static IEnumerable<Call> LookAt(IamRole role) =>
        new[] { "GetRole", "ListRolePolicies", "ListAttachedRolePolicies" }.Select(name => IamCalls.Read(name, new { roleName = role.Name }));

    private static Made Build(Stage stage, Hand hand, string region, Shared shared)
    {
        var ec2 = stage.Ec2(region);
        Network(stage, hand, ec2);
        var ecs = stage.Ecs(region);
        hand.Does(ecs.CreateCluster("estate"), ecs.Read("DescribeClusters"));
        foreach (var service in new[] { "web", "api", "jobs" })
        {
            hand.Does(
                ecs.RegisterTaskDefinition($"estate-{service}", $"{stage.Account}.dkr.ecr.{region}.amazonaws.com/{service}:1.4.2", "1024", "2048", role: shared.Task),
                ecs.CreateService("estate", service, $"estate-{service}", 3, publicAddress: false), ecs.Read("DescribeServices"));
        }

        hand.Causes(stage.ServiceRole("ecs", "ECS").AtWork("ecs-service-scheduler", hand.Now, "ecs.amazonaws.com"), 3, 9, ecs.Interfaces(9));
        var groups = stage.AutoScaling(region);
        hand.Does(ec2.CreateLaunchTemplate("estate-worker", "c6i.xlarge", hand.Caller.Arn!, out var template),
            groups.CreateGroup("estate-worker", template, 2, 12, 4), groups.PutPolicy("estate-worker", "cpu"));
        hand.Causes(groups.Service(hand.Now), 4, 12, groups.LaunchFor("estate-worker", template, "c6i.xlarge", 4, out var workers));
        hand.Does(ec2.RunInstances(new("t3.small") { Name = "bastion", Profile = "estate-instance", UserData = true, Protected = true }, out var bastion),
            ec2.DescribeInstances(bastion));

        var functions = Enumerable.Range(1, 6).Select(index => $"estate-function-{index}").ToList();
        var lambda = stage.Lambda(region);
        foreach (var function in functions)
        {
            hand.Does(lambda.CreateFunction(function, shared.Function), lambda.Read("GetFunction20150331v2", new { functionName = function }))
                .Does(lambda.AddPermission(function, "AllowEvents", "events.amazonaws.com",
                    sourceArn: $"arn:aws:events:{region}:{stage.Account}:rule/{function}"), stage.Other(region).PutRule(function, """{"source":["aws.ec2"]}"""));
        }

        return new(template, Watch(stage, hand, region), functions, [.. workers, .. bastion]);
    }

    private static void Network(Stage stage, Hand hand, Ec2Calls ec2)
    {
        var vpc = stage.Dice.Ec2Id("vpc");
        hand.Does(ec2.Write("CreateVpc", new { cidrBlock = "10.40.0.0/16", instanceTenancy = "default" },
            new { vpc = new { vpcId = vpc, state = "pending", cidrBlock = "10.40.0.0/16" } }))
            .Does(new[] { "DescribeVpcs", "DescribeVpcAttribute", "DescribeNetworkAcls", "DescribeRouteTables" }.Select(name => ec2.Read(name)));
        for (var subnet = 0; subnet < 6; subnet++)
            hand.Does(ec2.Write("CreateSubnet", new { vpcId = vpc, cidrBlock = $"10.40.{subnet}.0/24" },
                new { subnet = new { subnetId = stage.Dice.Ec2Id("subnet"), vpcId = vpc } }), ec2.Read("DescribeSubnets"));
        hand.Does(ec2.Write("CreateInternetGateway", new { }, new { internetGateway = new { internetGatewayId = stage.Dice.Ec2Id("igw") } }),
            ec2.Write("CreateNatGateway", new { CreateNatGatewayRequest = new { SubnetId = stage.Dice.Ec2Id("subnet") } }))
            .Does(ec2.CreateSecurityGroup("estate-web", "Managed by Terraform", out var web), ec2.OpenPort(web, 443, 443, "0.0.0.0/0"),
                ec2.OpenPort(web, 80, 80, "0.0.0.0/0"), ec2.Read("DescribeSecurityGroups"));
    }

    // A trail, a detector and alarms.
    private static string Watch(Stage stage, Hand hand, string region)
    {
        var other = stage.Other(region);
        hand.Does(other.CreateBucket($"estate-trail-{region}"), other.CreateTrail("estate-trail", $"estate-trail-{region}"),
            other.StartLogging("estate-trail"), other.Read("cloudtrail", "GetTrailStatus"))
            .Does(other.CreateDetector(out var detector), other.Read("guardduty", "GetDetector", new { detectorId = detector }));
        hand.Does(Enumerable.Range(1, 8).Select(index => other.PutAlarm($"estate-alarm-{index}", "CPUUtilization")));
        return detector;
    }

    private static void Refresh(Stage stage, Hand hand, string region)
    {
        var other = stage.Other(region);
        string[] reads =
        [
            "ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups", "ec2:DescribeLaunchTemplates", "ec2:DescribeLaunchTemplateVersions",
                "ec2:DescribeInstances",
            "ec2:DescribeInstanceAttribute", "ecs:DescribeClusters", "ecs:DescribeServices", "ecs:DescribeTaskDefinition",
                "autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribePolicies",
            "lambda:GetFunction20150331v2", "lambda:GetPolicy20150331v2", "lambda:ListVersionsByFunction20150331", "cloudtrail:DescribeTrails",
                "guardduty:GetDetector", "events:DescribeRule",
            "monitoring:DescribeAlarms", "s3:GetBucketPolicy",
        ];
        hand.Does(reads.SelectMany(read => Enumerable.Repeat(read, 4)).Select(read => other.Read(read.Split(':')[0], read.Split(':')[1])));
    }

    private static void Destroy(Stage stage, Hand hand, string region, Made made)
    {
        var other = stage.Other(region);
        var ecs = stage.Ecs(region);
        var ec2 = stage.Ec2(region);
        hand.Does(Enumerable.Range(1, 8).Select(index => other.Write("monitoring", "DeleteAlarms", new { alarmNames = new[] { $"estate-alarm-{index}" } })))
            .Does(made.Functions.SelectMany(function => new[]
            {
                other.Write("events", "RemoveTargets", new { rule = function, ids = new[] { "1" } }), other.DeleteRule(function),
                other.Write("lambda", "RemovePermission20150331v2", new { functionName = function, statementId = "AllowEvents" }), stage.Lambda(region).Delete(function),
            }));
        foreach (var service in new[] { "web", "api", "jobs" })
            hand.Does(ecs.UpdateService("estate", service, 0), ecs.DeleteService("estate", service), ecs.DeregisterTaskDefinition($"estate-{service}:1"));
        hand.Does(ecs.DeleteCluster("estate"), stage.AutoScaling(region).UpdateGroup("estate-worker", 0, 0, 0));
        hand.Causes(stage.AutoScaling(region).Service(hand.Now), 5, 20, ec2.TerminateInstances([.. made.Instances.SkipLast(1)]));
        hand.Wait(60, 90).Does(stage.AutoScaling(region).DeleteGroup("estate-worker"), ec2.DeleteLaunchTemplate(made.Template))
            .Does(ec2.Protect(made.Instances[^1], on: false), ec2.TerminateInstances(made.Instances[^1]))
            .Does(other.StopLogging("estate-trail"), other.DeleteTrail("estate-trail"), other.DeleteDetector(made.Detector),
                other.Write("s3", "DeleteBucket", new { bucketName = $"estate-trail-{region}" }));
    }

    private static void DestroyGlobal(Hand hand, Shared shared)
    {
        foreach (var (user, key) in shared.Users)
            hand.Does(IamCalls.DeleteAccessKey(user, key), IamCalls.DeleteUser(user));
        hand.Does(IamCalls.DetachRolePolicy(shared.Administrator, IamCalls.Administrator), IamCalls.DeleteRolePolicy(shared.Task, "estate-task"));
        hand.Does(new[] { shared.Administrator, shared.Task, shared.Function, shared.Instance }.Select(IamCalls.DeleteRole));
    }
}
