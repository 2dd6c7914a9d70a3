using Amazon.ECS.Model;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Stores;
using ResponseKit.Response.Stores;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests.Steps;

/// <summary>An IAM user whose stolen key makes a cluster, and what becomes of it.</summary>
internal static class Mallory
{
    public static async Task<(IncidentRecord Incident, StepFunctionsStarter Starter)> TriageAsync(
        StateMachineBed bed, string policy, params (string Name, string Value)[] more)
    {
        await using var triage = bed.Functions.Start(
            "triage", [("RESPONSEKIT_POLICY", policy), ("RESPONSEKIT_RESPONSE", "state-machine"), ("RESPONSEKIT_STATE_MACHINE", bed.Machine), .. more]);
        await triage.InvokeAsync(Events.OfUser(bed.Functions, "mallory", "ecs", "CreateCluster", """{"clusterName":"miner"}"""));
        var answer = (await triage.InvokeAsync(Events.OfUser(
            bed.Functions, "mallory", "iam", "AttachUserPolicy",
            """{"userName":"mallory","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""", minutes: 1, address: "AWS Internal"))).Json();
        Assert.True(answer.GetProperty("outcome").GetString() == "responding", answer.ToString());
        var record = await new DynamoCaseStore(bed.Functions.Table, TimeProvider.System).FindAsync(answer.GetProperty("incident").GetString()!, CancellationToken.None);
        return (record!, new StepFunctionsStarter(bed.Client, bed.Machine));
    }

    public static async Task AttackAsync(FunctionBed bed)
    {
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "mallory" });
        await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "mallory" });
        await bed.Account.Admin.Ecs(FunctionBed.Region).CreateClusterAsync(new CreateClusterRequest { ClusterName = "miner" });
    }

    public static async Task<StatusType> KeyStatusAsync(FunctionBed bed)
    {
        var keys = await bed.Account.Admin.Iam(FunctionBed.Region).ListAccessKeysAsync(new ListAccessKeysRequest { UserName = "mallory" });
        return Assert.Single(keys.AccessKeyMetadata).Status;
    }

    public static async Task<string> ClusterAsync(FunctionBed bed)
    {
        var answer = await bed.Account.Admin.Ecs(FunctionBed.Region).DescribeClustersAsync(new DescribeClustersRequest { Clusters = ["miner"] });
        return answer.Clusters is { Count: > 0 } found ? found[0].Status : "INACTIVE";
    }
}
