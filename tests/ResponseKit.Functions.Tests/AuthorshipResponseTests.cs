using Amazon.EC2.Model;
using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Testing;
using ResponseKit.Testing.Accounts;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests;

/// <summary>
/// Who names something has not made it: production that an actor "creates" again, borrows, attaches or names things after is as it was when the actor is contained.
/// Real calls, triage as deployed, in enforce, IAM enforced, and everything of the account compared.
/// </summary>
public sealed class AuthorshipResponseTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Region = FunctionBed.Region;
    private const string Everything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
    private const string Narrow = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*",
        "Action":["ecs:CreateCluster","ec2:CreateLaunchTemplate","ecs:RegisterTaskDefinition","ec2:ModifyInstanceAttribute","cloudtrail:StopLogging"]}]}
        """;

    [Fact]
    public async Task A_key_that_may_only_create_clusters_cannot_have_production_deleted()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await ProductionAsync(bed.Account.Admin);
        var key = await UserAsync(bed, "ci", Narrow);
        var before = await AccountState.TakeAsync(emulator, bed.Account, Region);

        await AttackAsync(bed, key, async thief =>
        {
            // It is there: AWS answers with the one that is (ECS API Reference, "CreateCluster").
            var answer = await thief.Ecs(Region).CreateClusterAsync(new CreateClusterRequest { ClusterName = "checkout" });
            Assert.Equal(1, answer.Cluster.ActiveServicesCount);
        });

        await AssertOnlyAsync(bed, before, "user ci");
    }

    [Fact]
    public async Task What_is_named_after_an_innocent_machine_and_what_is_switched_on_it_cost_it_nothing()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var machine = await ProductionAsync(bed.Account.Admin);
        var key = await UserAsync(bed, "ci", Narrow);
        var before = await AccountState.TakeAsync(emulator, bed.Account, Region);

        await AttackAsync(bed, key, async thief =>
        {
            await thief.Ec2(Region).CreateLaunchTemplateAsync(new CreateLaunchTemplateRequest
            {
                LaunchTemplateName = machine,
                LaunchTemplateData = new RequestLaunchTemplateData { ImageId = "ami-0abcdef1234567890", InstanceType = "p4d.24xlarge" },
            });
            // It was on before, so nothing of it is the actor's.
            await thief.Ec2(Region).ModifyInstanceAttributeAsync(new ModifyInstanceAttributeRequest { InstanceId = machine, DisableApiTermination = true });
        });

        await AssertOnlyAsync(bed, before, "launch template " + machine, "user ci");
    }

    [Fact]
    public async Task A_task_definition_of_production_that_runs_in_the_actors_cluster_stays_and_only_that_cluster_goes()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await ProductionAsync(bed.Account.Admin);
        var key = await UserAsync(bed, "ci", Everything);
        var before = await AccountState.TakeAsync(emulator, bed.Account, Region);

        await AttackAsync(bed, key, async thief =>
        {
            var ecs = thief.Ecs(Region);
            await ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = "k2x7" });
            await ecs.CreateServiceAsync(new CreateServiceRequest { Cluster = "k2x7", ServiceName = "s", TaskDefinition = "web", DesiredCount = 1, LaunchType = LaunchType.EC2 });
        });

        await AssertOnlyAsync(bed, before, "user ci");
        Assert.DoesNotContain((await bed.Account.Admin.Ecs(Region).ListClustersAsync(new ListClustersRequest())).ClusterArns, arn => arn.EndsWith("/k2x7", StringComparison.Ordinal));
    }

    // A cluster with a service and its task definition, and a machine that nobody may terminate by mistake.
    private static async Task<string> ProductionAsync(AwsClients aws)
    {
        var ecs = aws.Ecs(Region);
        await ecs.CreateClusterAsync(new CreateClusterRequest { ClusterName = "checkout" });
        await ecs.RegisterTaskDefinitionAsync(new RegisterTaskDefinitionRequest
        {
            Family = "web",
            ContainerDefinitions = [new ContainerDefinition { Name = "web", Image = "public.ecr.aws/example/web:1", Memory = 512 }],
        });
        await ecs.CreateServiceAsync(new CreateServiceRequest { Cluster = "checkout", ServiceName = "web", TaskDefinition = "web", DesiredCount = 2, LaunchType = LaunchType.EC2 });
        var launched = await aws.Ec2(Region).RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-0abcdef1234567890", InstanceType = "m5.large", MinCount = 1, MaxCount = 1, DisableApiTermination = true });
        return launched.Reservation.Instances[0].InstanceId;
    }

    private static async Task<AccessKey> UserAsync(FunctionBed bed, string name, string policy)
    {
        var iam = bed.Account.Admin.Iam(Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = name });
        await iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = name, PolicyName = "work", PolicyDocument = policy });
        return (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = name })).AccessKey;
    }

    // Whatever the actor does is followed by launches of all sorts, which are refused or tried out, and by blinding: decisive together.
    private async Task AttackAsync(FunctionBed bed, AccessKey key, Func<AwsClients, Task> act)
    {
        using var thief = bed.Account.ClientsAs(key.AccessKeyId, key.SecretAccessKey);
        var begun = (await emulator.Control.RecordsAsync(0, bed.Account.Id, CancellationToken.None)).Next;
        await act(thief);
        foreach (var type in new[] { "p3.16xlarge", "p4d.24xlarge", "g5.48xlarge", "g6.48xlarge", "p5.48xlarge", "c7i.48xlarge", "m7i.48xlarge" })
        {
            await Assert.ThrowsAsync<Amazon.EC2.AmazonEC2Exception>(() => thief.Ec2(Region).RunInstancesAsync(
                new RunInstancesRequest { ImageId = "ami-0abcdef1234567890", InstanceType = type, MinCount = 1, MaxCount = 1, DryRun = true }));
        }

        await using var triage = bed.Start("triage", ("RESPONSEKIT_POLICY", """{"mode":"enforce"}"""), ("RESPONSEKIT_RESPONSE", "in-process"), ("RESPONSEKIT_PAUSE_SECONDS", "0"));
        foreach (var record in (await emulator.Control.RecordsAsync(begun, bed.Account.Id, CancellationToken.None)).Records)
            Assert.True((await triage.InvokeAsync(TriageJson.Envelop(record))).Succeeded);
        // AWS's own word that the key is in public: whatever it did before, the user is struck now.
        Assert.True((await triage.InvokeAsync(Events.Notice(bed, key.UserName))).Succeeded);
        var keys = await bed.Account.Admin.Iam(Region).ListAccessKeysAsync(new ListAccessKeysRequest { UserName = key.UserName });
        Assert.Equal("Inactive", Assert.Single(keys.AccessKeyMetadata).Status);
    }

    private async Task AssertOnlyAsync(FunctionBed bed, AccountState before, params string[] changed)
    {
        Assert.True(before.Count > 5);
        var now = await AccountState.TakeAsync(emulator, bed.Account, Region);
        Assert.Equal(changed.Order(StringComparer.Ordinal), now.Since(before));
    }
}
