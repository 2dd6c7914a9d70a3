using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>
/// Somebody makes a Kubernetes cluster. EKS tries the node group's launch template out with a dry run in the maker's name; then Karpenter launches nodes all day
/// through EC2 Fleet, with GPUs for the training jobs, and tries its own permissions out with dry runs.
/// </summary>
internal sealed class EksNodeGroup : IScript
{
    private static readonly string[] General = ["c6i.2xlarge", "c6a.4xlarge", "m6i.4xlarge", "m7i.8xlarge", "r6i.2xlarge", "c7i.16xlarge"];
    private static readonly string[] Gpu = ["g5.2xlarge", "g5.12xlarge", "g6.12xlarge", "p4d.24xlarge"];

    public IEnumerable<Plot> Plots => [new("eks-node-group", "An EKS cluster with a node group, and Karpenter at work on it", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 9, 700);
        var user = stage.User("kube-operator");
        var maker = stage.Person(user.WithKey(stage.Dice.Key(), new("192.0.2.83", Agents.GoTool)), stage.After(15)).Pace(1, 6);
        Create(stage, maker);
        Karpenter(stage, stage.After(70), stage.After(520));
    }

    private static void Create(Stage stage, Hand maker)
    {
        var cluster = stage.Role("training-cluster");
        var node = stage.Role("training-node");
        var controller = stage.Role("training-karpenter");
        var iam = stage.Iam(maker.Now);
        var ec2 = stage.Ec2(stage.Home);
        var other = stage.Other(stage.Home);
        var provider = $"oidc.eks.{stage.Home}.amazonaws.com/id/{stage.Dice.Text("0123456789ABCDEF", 32)}";
        maker.Does(iam.CreateRole(cluster, IamCalls.TrustedService("eks")), IamCalls.AttachRolePolicy(cluster, "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"))
            .Does(iam.CreateRole(node, IamCalls.TrustedService("ec2")), IamCalls.AttachRolePolicy(node, "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"),
                IamCalls.AttachRolePolicy(node, "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly"))
            .Does(other.Write("eks", "CreateCluster", new
            {
                name = "training",
                version = "1.33",
                roleArn = cluster.Arn,
                resourcesVpcConfig = new { endpointPublicAccess = true }
            }, new { cluster = new { name = "training", status = "CREATING" } }))
            .HasServiceDo("eks.amazonaws.com", iam.CreateServiceLinkedRole(stage.ServiceRole("eks", "AmazonEKS"), "eks"),
                ec2.CreateSecurityGroup("eks-cluster-sg-training", "EKS created security group applied to ENI", out _));
        maker.Causes(stage.ServiceRole("eks", "AmazonEKS").AtWork("AmazonEKS", maker.Now, "eks.amazonaws.com"), 20, 60, stage.Ecs(stage.Home).Interfaces(2));
        for (var polls = 0; polls < 20; polls++)
            maker.Wait(25, 35).Does(other.Read("eks", "DescribeCluster", new { name = "training" }));

        maker.Does(ec2.CreateLaunchTemplate("training-base", "m6i.large", maker.Caller.Arn!, out var template), iam.CreateOpenIdConnectProvider(provider))
            .Does(iam.CreateRole(controller, IamCalls.TrustedProvider(stage.Account, provider, "system:serviceaccount:kube-system:karpenter")),
                IamCalls.PutRolePolicy(controller, "karpenter", IamCalls.Policy(("ec2:RunInstances", "*"), ("ec2:CreateFleet", "*"), ("iam:PassRole", node.Arn))))
            .Does(other.Write("eks", "CreateNodegroup", new
            {
                clusterName = "training",
                nodegroupName = "base",
                nodeRole = node.Arn,
                scalingConfig = new { minSize = 2, maxSize = 6, desiredSize = 3 }
            }, new { nodegroup = new { nodegroupName = "base", status = "CREATING" } }))
            .HasServiceDo("eks.amazonaws.com", ec2.Read("DescribeLaunchTemplateVersions"),
                ec2.RunInstances(new("m6i.large") { Template = template }).DryRun(), ec2.Read("DescribeSubnets"));
        var managed = stage.ServiceRole("eks-nodegroup", "AmazonEKSNodegroup").AtWork("EKS", maker.Now, "eks-nodegroup.amazonaws.com");
        var groups = stage.AutoScaling(stage.Home);
        maker.Causes(managed, 5, 15, ec2.CreateLaunchTemplate("eks-" + stage.Dice.Guid(), "m6i.large", managed.Arn!, out var own),
            groups.CreateGroup("eks-base-" + stage.Dice.Guid(), own, 2, 6, 3));
        maker.Causes(groups.Service(maker.Now), 18, 30, groups.LaunchFor("eks-base", own, "m6i.large", 3, out _, fleet: true));
    }

    private static void Karpenter(Stage stage, DateTimeOffset from, DateTimeOffset to)
    {
        var role = stage.Role("training-karpenter");
        var provider = $"oidc.eks.{stage.Home}.amazonaws.com/id/{stage.Dice.Text("0123456789ABCDEF", 32)}";
        var place = new Place("192.0.2.210", Agents.Karpenter);
        var ec2 = stage.Ec2(stage.Home);
        var session = $"{stage.Dice.Digits(19)}";
        var nodes = new List<string>();
        for (var time = from; time < to; time = time.AddMinutes(stage.Dice.Between(8, 14)))
        {
            var key = stage.Dice.TemporaryKey();
            const string Subject = "system:serviceaccount:kube-system:karpenter";
            stage.Person(Others.WebIdentity(role, $"arn:aws:iam::{stage.Account}:oidc-provider/{provider}", Subject, place), time)
                .Does(stage.Sts(stage.Home, time).AssumeRoleWithWebIdentity(role, session, key, provider, Subject));
            var hand = stage.Person(role.Session(session, key, time, place,
                new { webIdFederationData = new { federatedProvider = $"arn:aws:iam::{stage.Account}:oidc-provider/{provider}", attributes = new { } } }),
                time.AddSeconds(1)).Pace(0.2, 1.5);
            hand.Does(new[] { "DescribeInstanceTypes", "DescribeInstanceTypeOfferings", "DescribeSpotPriceHistory", "DescribeSubnets",
                "DescribeSecurityGroups", "DescribeInstances" }.Select(name => ec2.Read(name)))
                .Does(Call.Read("ssm", "GetParameter", stage.Home), Call.Read("pricing", "GetProducts", Regions.Virginia),
                    Call.Read("iam", "GetInstanceProfile", Regions.Virginia));
            Validate(stage, hand);
            for (var launches = stage.Dice.Between(0, 3); launches > 0; launches--)
                Launch(stage, hand, nodes);
            if (nodes.Count > 6)
            {
                hand.Does(ec2.TerminateInstances([.. nodes.Take(3)]));
                nodes.RemoveRange(0, 3);
            }
        }
    }

    // Karpenter tries out what it may do before it says that a node class is ready.
    private static void Validate(Stage stage, Hand hand)
    {
        var ec2 = stage.Ec2(stage.Home);
        if (stage.Dice.Chance(0.4))
            hand.Does(ec2.CreateFleet("karpenter.k8s.aws/validation", ["m6i.large"], "on-demand", "training", "default").DryRun(),
                ec2.CreateLaunchTemplate("karpenter.k8s.aws/validation", "m6i.large", hand.Caller.Arn!, out var template).DryRun(),
                ec2.RunInstances(new("m6i.large")).DryRun());
    }

    private static void Launch(Stage stage, Hand hand, List<string> nodes)
    {
        var ec2 = stage.Ec2(stage.Home);
        var gpu = stage.Dice.Chance(0.35);
        var types = gpu ? Gpu : General;
        var name = $"karpenter.k8s.aws/{stage.Dice.Digits(19)}";
        hand.Does(ec2.CreateLaunchTemplate(name, stage.Dice.Pick(types), hand.Caller.Arn!, out var template),
            ec2.CreateFleet(name, stage.Dice.Shuffled(types).Take(3), gpu ? "on-demand" : "spot", "training", gpu ? "gpu" : "default"));
        var tags = new Dictionary<string, string> { ["karpenter.sh/nodepool"] = gpu ? "gpu" : "default" };
        var launch = ec2.RunInstances(new(stage.Dice.Pick(types)) { Template = template, Fleet = true, Spot = !gpu, Tags = tags }, out var ids);
        if (gpu && stage.Dice.Chance(0.2))
        {
            hand.HasServiceDo("ec2fleet.amazonaws.com", launch.OverQuota(192));
            return;
        }

        hand.HasServiceDo("ec2fleet.amazonaws.com", launch);
        hand.Does(ec2.Tag(ids[0], "Name", $"ip-10-0-{stage.Dice.Between(0, 200)}-7"), ec2.DescribeInstances(ids));
        nodes.AddRange(ids);
    }
}
