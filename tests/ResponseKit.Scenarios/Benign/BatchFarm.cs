using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Benign;

/// <summary>
/// Those whose business it is to compute: AWS Batch, a ParallelCluster for simulations, and a farm that renders films. Large machines by the hundred, all day.
/// </summary>
internal sealed class BatchFarm : IScript
{
    public IEnumerable<Plot> Plots => [new("batch-farm", "Batch, simulation and rendering launch large instances all day", false, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 10, 600);
        Batch(stage);
        Cluster(stage);
        Farm(stage);
    }

    // Batch makes an Auto Scaling group for its On-Demand environments, and changes its size with a role of its own.
    private static void Batch(Stage stage)
    {
        var user = stage.User("genomics-pipeline");
        var other = stage.Other(stage.Home);
        var groups = stage.AutoScaling(stage.Home);
        var hand = stage.Person(user.WithKey(stage.Dice.Key(), new("192.0.2.111", Agents.Boto3)), stage.After(8)).Pace(1, 8);
        hand.Does(other.Write("batch", "CreateComputeEnvironment",
            new
            {
                computeEnvironmentName = "genomics",
                type = "MANAGED",
                state = "ENABLED",
                computeResources = new { type = "EC2", minvCpus = 0, maxvCpus = 9600, instanceTypes = new[] { "c5.24xlarge" } }
            },
            new { computeEnvironmentName = "genomics" }));
        var service = stage.ServiceRole("batch", "Batch").AtWork("aws-batch", hand.Now, "batch.amazonaws.com");
        var name = $"genomics-asg-{stage.Dice.Guid()}";
        hand.Causes(service, 10, 30, stage.Ecs(stage.Home).CreateCluster($"AWSBatch-genomics-{stage.Dice.Guid()}", fargate: false),
            stage.Ec2(stage.Home).CreateLaunchTemplate($"Batch-lt-{stage.Dice.Guid()}", "c5.24xlarge", service.Arn!, out var template),
            groups.CreateGroup(name, template, 0, 100, 0));
        var running = new Queue<string>();
        for (var wave = 0; wave < 14; wave++)
        {
            hand.WaitMinutes(20, 40).Pace(0.1, 0.6).Does(Enumerable.Range(0, 12)
                .Select(_ => other.Write("batch", "SubmitJob",
                new { jobName = $"align-{stage.Dice.Hex(6)}", jobQueue = "genomics", jobDefinition = "align:12" }, new { jobId = stage.Dice.Guid() })));
            hand.Causes(service, 20, 60, groups.UpdateGroup(name, null, 100, 8 + wave));
            hand.Causes(groups.Service(hand.Now), 62, 90, groups.LaunchFor(name, template, "c5.24xlarge", 8, out var launched));
            launched.ToList().ForEach(running.Enqueue);
            if (running.Count > 16)
                hand.Causes(groups.Service(hand.Now), 300, 500, stage.Ec2(stage.Home).TerminateInstances([.. Enumerable.Range(0, 8).Select(_ => running.Dequeue())]));
        }
    }

    // The head node of a ParallelCluster launches compute nodes itself.
    private static void Cluster(Stage stage)
    {
        var role = stage.Role("simulation-HeadNode", "/parallelcluster/simulation/");
        var head = stage.Dice.Ec2Id("i");
        var ec2 = stage.Ec2(stage.Home);
        for (var hour = 0; hour < 9; hour++)
        {
            var start = stage.After((hour * 60) + 22);
            var key = stage.Dice.TemporaryKey();
            stage.Person(Others.Service("ec2.amazonaws.com"), start).Does(stage.Sts(stage.Home, start).AssumeRole(role, head, key));
            var hand = stage.Person(role.OnInstance(head, key, start, new("192.0.2.113", Agents.Boto3)), start.AddMinutes(2)).Pace(0.5, 3);
            hand.Does(Call.Read("cloudformation", "DescribeStacks", stage.Home), ec2.DescribeInstances());
            for (var launches = 0; launches < 3; launches++)
            {
                var type = stage.Dice.Pick(["c5.24xlarge", "hpc7a.96xlarge", "p4d.24xlarge", "g5.48xlarge"]);
                var call = ec2.RunInstances(new(type, 10) { Least = 1, Template = stage.Dice.Ec2Id("lt") }, out var ids);
                if (stage.Dice.Chance(0.2))
                    hand.Does(call.Failing("Server.InsufficientInstanceCapacity",
                        $"We currently do not have sufficient {type} capacity in the Availability Zone you requested ({stage.Home}a)."));
                else
                    hand.Does(call).WaitMinutes(10, 14).Does(ec2.TerminateInstances(ids));
            }
        }
    }

    // A farm manager with a key, Spot instances with GPUs.
    private static void Farm(Stage stage)
    {
        var user = stage.User("render-farm");
        var caller = user.WithKey(stage.Dice.Key(), new("192.0.2.114", Agents.JavaApplication));
        var ec2 = stage.Ec2(Regions.Oregon);
        for (var shot = 0; shot < 16; shot++)
        {
            var hand = stage.Person(caller, stage.After(14 + (shot * 34))).Pace(1, 6);
            hand.Does(ec2.Read("DescribeSpotPriceHistory"),
                ec2.RunInstances(new("g5.12xlarge", 20) { Least = 1, Spot = true, UserData = true, Name = $"render-shot-{shot:000}" }, out var ids),
                ec2.DescribeInstances());
            hand.WaitMinutes(25, 30).Does(ec2.TerminateInstances(ids));
        }
    }
}
