using System.Text.Json;
using Amazon.IdentityManagement.Model;
using ResponseKit.Aws.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>Whoever made or opened somebody is left as he was when that one is contained: triage as deployed, in enforce, and everything of the account compared.</summary>
public sealed class InnocentParentResponseTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    private static readonly string[] Roles = ["pipeline", "workload", "analysis", "support"];
    private static readonly string[] Users = ["ana", "bea", "cleo", "broker", "mallory"];

    [Theory]
    [InlineData(-7 * 24 * 60)]
    [InlineData(-9)]
    public async Task A_pipeline_is_untouched_while_a_role_that_it_made_is_contained(int made)
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var before = await PrepareAsync(bed);
        await using var triage = Start(bed);

        await triage.InvokeAsync(Events.OfSession(bed, "pipeline", "ASIAPIPELINE00000000", "iam", "CreateRole",
            JsonSerializer.Serialize(new { roleName = "workload", assumeRolePolicyDocument = Trust }), made));
        await triage.InvokeAsync(Events.OfSession(bed, "pipeline", "ASIAPIPELINE00000000", "ecs", "CreateCluster", """{"clusterName":"shop"}""", -5));
        await AttackAsync(bed, triage, "workload", "ASIAWORKLOAD00000000");

        Assert.EndsWith("role/workload", Assert.Single(await RootsAsync(bed)), StringComparison.Ordinal);
        Assert.NotEqual(before["workload"], (await StateAsync(bed))["workload"]);
        await AssertUntouchedAsync(bed, before, "workload");
    }

    [Fact]
    public async Task A_broker_and_those_it_serves_are_untouched_while_one_of_their_roles_is_contained()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var before = await PrepareAsync(bed);
        await using var triage = Start(bed);

        foreach (var (number, role) in new[] { "workload", "analysis", "support", "pipeline" }.Index())
            await triage.InvokeAsync(Events.Opens(bed, "broker", role, $"ASIALEASE{number}0000000000", minutes: -10));
        await triage.InvokeAsync(Events.OfSession(bed, "analysis", "ASIALEASE10000000000", "ecs", "CreateCluster", """{"clusterName":"study"}""", -5, address: "198.51.100.45"));
        await AttackAsync(bed, triage, "workload", "ASIALEASE00000000000");

        Assert.EndsWith("role/workload", Assert.Single(await RootsAsync(bed)), StringComparison.Ordinal);
        await AssertUntouchedAsync(bed, before, "workload");
    }

    [Fact]
    public async Task A_rotator_and_the_users_whose_keys_it_renews_are_untouched_while_one_of_them_is_contained()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var before = await PrepareAsync(bed);
        await using var triage = Start(bed);

        foreach (var (number, user) in new[] { "ana", "bea", "cleo", "mallory" }.Index())
        {
            await triage.InvokeAsync(Events.OfSession(bed, "pipeline", "ASIAPIPELINE00000000", "iam", "CreateAccessKey", $$"""{"userName":"{{user}}"}""", -8,
                $$"""{"accessKey":{"accessKeyId":"AKIARENEWED{{number}}00000000","userName":"{{user}}","status":"Active"} }"""));
        }

        await triage.InvokeAsync(Events.Notice(bed, "mallory"));

        Assert.EndsWith("user/mallory", Assert.Single(await RootsAsync(bed)), StringComparison.Ordinal);
        await AssertUntouchedAsync(bed, before, "mallory");
    }

    private static FunctionProcess Start(FunctionBed bed) => bed.Start(
        "triage", ("RESPONSEKIT_POLICY", """{"mode":"enforce"}"""), ("RESPONSEKIT_RESPONSE", "in-process"), ("RESPONSEKIT_PAUSE_SECONDS", "0"));

    private static async Task AttackAsync(FunctionBed bed, FunctionProcess triage, string role, string key)
    {
        foreach (var (number, type) in new[] { "p3.16xlarge", "p4d.24xlarge", "g5.48xlarge", "g6.48xlarge", "p5.48xlarge", "c7i.48xlarge", "m7i.48xlarge" }.Index())
        {
            await triage.InvokeAsync(Events.OfSession(bed, role, key, "ec2", "RunInstances", $$"""
                {"instancesSet":{"items":[{"imageId":"ami-0abc","minCount":1,"maxCount":1}]},"instanceType":"{{type}}"}
                """, number, error: "Client.UnauthorizedOperation", address: "198.51.100.44"));
        }

        await triage.InvokeAsync(Events.OfSession(bed, role, key, "cloudtrail", "StopLogging", """{"name":"main"}""", 8, address: "198.51.100.44"));
    }

    private static async Task<IEnumerable<string>> RootsAsync(FunctionBed bed) =>
        (await new DynamoCaseStore(bed.Table, TimeProvider.System).ListAsync(CancellationToken.None)).Select(record => record.Incident.Root.Key);

    private static async Task<Dictionary<string, string>> PrepareAsync(FunctionBed bed)
    {
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        foreach (var role in Roles)
        {
            await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = role, AssumeRolePolicyDocument = Trust });
            await iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = role, PolicyName = "work", PolicyDocument = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:ListAllMyBuckets","Resource":"*"}]}""" });
        }

        foreach (var user in Users)
        {
            await iam.CreateUserAsync(new CreateUserRequest { UserName = user });
            await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = user });
        }

        await bed.Account.Admin.Ecs(FunctionBed.Region).CreateClusterAsync(new Amazon.ECS.Model.CreateClusterRequest { ClusterName = "shop" });
        await bed.Account.Admin.Ecs(FunctionBed.Region).CreateClusterAsync(new Amazon.ECS.Model.CreateClusterRequest { ClusterName = "study" });
        return await StateAsync(bed);
    }

    private static async Task AssertUntouchedAsync(FunctionBed bed, Dictionary<string, string> before, string but)
    {
        before.Remove(but);
        var after = await StateAsync(bed);
        after.Remove(but);
        Assert.Equal(before.OrderBy(pair => pair.Key, StringComparer.Ordinal), after.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    private static async Task<Dictionary<string, string>> StateAsync(FunctionBed bed)
    {
        var (iam, state) = (bed.Account.Admin.Iam(FunctionBed.Region), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var role in Roles)
        {
            var policies = (await iam.ListRolePoliciesAsync(new ListRolePoliciesRequest { RoleName = role })).PolicyNames;
            state[role] = StateText.Of((await iam.GetRoleAsync(new GetRoleRequest { RoleName = role })).Role.AssumeRolePolicyDocument) + StateText.Of(policies);
        }

        foreach (var user in Users)
        {
            var policies = (await iam.ListUserPoliciesAsync(new ListUserPoliciesRequest { UserName = user })).PolicyNames;
            state[user] = StateText.Of((await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = user })).AccessKeyMetadata) + StateText.Of(policies);
        }

        state["clusters"] = StateText.Of((await bed.Account.Admin.Ecs(FunctionBed.Region).ListClustersAsync(new Amazon.ECS.Model.ListClustersRequest())).ClusterArns);
        return state;
    }
}
