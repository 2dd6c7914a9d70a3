using ResponseKit.Scenarios.Calls;
using ResponseKit.Scenarios.Household;
using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Attacks;

/// <summary>Mining on services where nobody looks for it: Amplify, CodeBuild, SageMaker and ECS in several regions (Sysdig's AMBERSQUID, 2023).</summary>
internal sealed class ManyServices : IScript
{
    private static readonly string[] Places = [Regions.Virginia, "us-east-2", Regions.Oregon, Regions.Ireland, Regions.Frankfurt, "ap-southeast-1"];

    public IEnumerable<Plot> Plots => [new("ambersquid", "Miners in Amplify, CodeBuild, SageMaker and ECS", true, Play)];

    private static void Play(Stage stage)
    {
        Everyday.Live(stage, 4, 700);
        var user = stage.User("cicd-legacy");
        var key = stage.Dice.Key();
        var thief = stage.Thief(user.WithKey(key, new("198.51.100.161", Agents.OldCli)), stage.After(60)).Pace(1, 5);
        thief.Does(stage.Sts(Regions.Virginia, thief.Now).WhoAmI());
        var roles = new[] { ("AWSCodeCommit-Role", "amplify"), ("sugo-role", "codebuild"), ("ecsTaskExecutionRole", "ecs-tasks"), ("SageMaker-Role", "sagemaker") }
            .Select(entry => (Role: stage.Role(entry.Item1), Service: entry.Item2)).ToArray();
        foreach (var (role, service) in roles)
        {
            thief.Does(stage.Iam(thief.Now).CreateRole(role, IamCalls.TrustedService(service)), IamCalls.AttachRolePolicy(role, IamCalls.Administrator));
            stage.Planted.Add(role.Arn);
        }

        foreach (var region in Places)
            InRegion(stage, thief, region, roles.ToDictionary(entry => entry.Service, entry => entry.Role));
    }

    private static void InRegion(Stage stage, Hand thief, string region, Dictionary<string, IamRole> roles)
    {
        var other = stage.Other(region);
        var ecs = stage.Ecs(region);
        for (var index = 0; index < 5; index++)
        {
            var name = $"{stage.Dice.Text("abcdefghijklmnopqrstuvwxyz", 6)}{index}";
            thief.Does(
                other.Write("codecommit", "CreateRepository", new { repositoryName = name },
                    new { repositoryMetadata = new { repositoryName = name, accountId = stage.Account } }),
                other.Write("amplify", "CreateApp", new
                {
                    name,
                    repository = $"https://git-codecommit.{region}.amazonaws.com/v1/repos/{name}",
                    iamServiceRoleArn = roles["amplify"].Arn,
                    buildSpec = "HIDDEN_DUE_TO_SECURITY_REASONS"
                },
                    new { app = new { name, appId = "d" + stage.Dice.Hex(13) } }),
                other.Write("amplify", "CreateBranch", new { appId = "d" + stage.Dice.Hex(13), branchName = "main" }),
                other.Write("amplify", "StartJob", new { branchName = "main", jobType = "RELEASE" }));
        }

        thief.Does(ecs.CreateCluster("test"), ecs.RegisterTaskDefinition("test", "delbidaluan/epicx:latest", "4096", "8192", role: roles["ecs-tasks"]),
            ecs.CreateService("test", "test", "test", 30, publicAddress: true));
        for (var index = 0; index < 3; index++)
        {
            var project = $"tost{index}";
            thief.Does(other.CreateBuildProject(project, roles["codebuild"], "BUILD_GENERAL1_LARGE")).Does(Enumerable.Range(0, 3).Select(_ => other.StartBuild(project)));
        }

        thief.Does(other.Write("sagemaker", "CreateNotebookInstanceLifecycleConfig", new { notebookInstanceLifecycleConfigName = "config" }));
        foreach (var type in new[] { "ml.t3.medium", "ml.c5.4xlarge", "ml.m5.4xlarge" })
            thief.Does(other.CreateNotebook($"note-{stage.Dice.Hex(4)}", type, roles["sagemaker"]));
        thief.Does(stage.Ec2(region).RunInstances(new("c5.4xlarge", 4) { Least = 1, UserData = true }).Unverified());
    }
}
