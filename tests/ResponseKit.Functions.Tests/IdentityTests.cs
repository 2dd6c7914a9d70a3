using System.Text;
using Amazon.ECS.Model;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.Runtime;
using ResponseKit.Functions.Hosting;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests;

/// <summary>Names that are taken for nobody: through triage, response and actions as deployed, with IAM enforced.</summary>
public sealed class IdentityTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Everything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    private const string Policy = """
        {"mode":"enforce","detections":{"deployers":["arn:aws:iam::*:role/deploy"]},
        "guards":{"protectedPrincipals":["arn:aws:iam::*:role/break-glass"],"responders":["arn:aws:iam::*:role/incident-responder","arn:aws:iam::*:role/stacksets-exec-*"]}}
        """;

    private static readonly (string Name, string Value)[] Settings =
        [("RESPONSEKIT_POLICY", Policy), ("RESPONSEKIT_RESPONSE", "in-process"), ("RESPONSEKIT_PAUSE_SECONDS", "0")];

    [Theory]
    [InlineData("/x:role/", "ResponseKitResponder")]
    [InlineData("/", "ResponseKitResponder")]
    [InlineData("/x:role/", "incident-responder")]
    [InlineData("/role/", "stacksets-exec-1")]
    [InlineData("/x:role/", "break-glass")]
    public async Task A_user_named_like_a_role_that_is_left_alone_is_seen_and_contained(string path, string name)
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        var stolen = await UserAsync(iam, name, path);
        var made = await UserAsync(iam, "svc-x1", "/");
        var innocent = await UserAsync(iam, "alice", "/x:role/");
        var intruder = bed.Account.ClientsAs(stolen.AccessKeyId, stolen.SecretAccessKey);
        await intruder.Ecs(FunctionBed.Region).CreateClusterAsync(new CreateClusterRequest { ClusterName = "miner" });
        await using var triage = bed.Start("triage", Settings);

        var outcomes = new List<string?>();
        foreach (var act in Attack(bed, path, name))
            outcomes.Add((await triage.InvokeAsync(act)).Json().GetProperty("outcome").GetString());

        Assert.DoesNotContain("unremarkable", outcomes);
        Assert.Contains("responding", outcomes);
        Assert.Equal((StatusType.Inactive, StatusType.Inactive, StatusType.Active), (await StatusAsync(iam, name), await StatusAsync(iam, "svc-x1"), await StatusAsync(iam, "alice")));
        await Assert.ThrowsAnyAsync<AmazonServiceException>(() => intruder.Iam(FunctionBed.Region).ListUsersAsync(new ListUsersRequest()));
        await Assert.ThrowsAnyAsync<AmazonServiceException>(
            () => bed.Account.ClientsAs(made.AccessKeyId, made.SecretAccessKey).Iam(FunctionBed.Region).ListUsersAsync(new ListUsersRequest()));
        await bed.Account.ClientsAs(innocent.AccessKeyId, innocent.SecretAccessKey).Iam(FunctionBed.Region).ListUsersAsync(new ListUsersRequest());
        var own = new ListRolePoliciesRequest { RoleName = "ResponseKitResponder" };
        Assert.Equal(["administrator"], (await iam.ListRolePoliciesAsync(own)).PolicyNames);
    }

    [Fact]
    public async Task A_miner_s_name_in_a_tag_and_a_quarantine_put_on_by_hand_touch_nobody()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        await UserAsync(iam, "ci-deploy", "/");
        await UserAsync(iam, "helpdesk", "/");
        var before = await StateAsync(iam);
        await using var triage = bed.Start("triage", Settings);
        byte[][] ordinary =
        [
            Events.OfSession(bed, "builder", "ASIABUILDER000000000", "ecs", "RegisterTaskDefinition", $$"""
                {"family":"web","containerDefinitions":[{"name":"web","image":"{{bed.Account.Id}}.dkr.ecr.us-east-1.amazonaws.com/web:fix-xmrig","command":["serve","--branch","fix-xmrig"]}]}
                """, 0),
            Events.OfUser(bed, "ci-deploy", "autoscaling", "CreateAutoScalingGroup", """{"autoScalingGroupName":"shop-v7","minSize":2,"maxSize":4}""", minutes: 1),
            Events.OfUser(bed, "helpdesk", "iam", "PutUserPolicy", """{"userName":"ci-deploy","policyName":"AWSCompromisedKeyQuarantine-test","policyDocument":"{}"}""", minutes: 2),
            Events.OfUser(
                bed, "helpdesk", "iam", "PutUserPolicy", """{"userName":"ci-deploy","policyName":"AWSExposedCredentialPolicy_DO_NOT_REMOVE","policyDocument":"{}"}""", minutes: 3),
            Events.OfUser(
                bed, "helpdesk", "iam", "AttachUserPolicy",
                $$"""{"userName":"ci-deploy","policyArn":"arn:aws:iam::{{bed.Account.Id}}:policy/AWSCompromisedKeyQuarantineV3"}""", minutes: 4, address: "AWS Internal"),
            Events.OfUser(
                bed, "helpdesk", "iam", "AttachUserPolicy",
                """{"userName":"ci-deploy","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""", minutes: 5, address: "AWS Internal"),
            Events.OfUser(bed, "ci-deploy", "autoscaling", "CreateAutoScalingGroup", """{"autoScalingGroupName":"shop-v8","minSize":2,"maxSize":4}""", minutes: 6),
        ];

        foreach (var act in ordinary)
        {
            var answer = (await triage.InvokeAsync(act)).Json();
            Assert.Contains(answer.GetProperty("outcome").GetString(), new[] { "kept", "unremarkable" });
        }

        Assert.Empty(await bed.CallsAsync());
        Assert.Equal(before, await StateAsync(iam));
    }

    [Theory]
    [InlineData(null, "arn:aws:iam::*:role/ResponseKitResponder")]
    [InlineData("111122223333", "arn:aws:iam::111122223333:role/ResponseKitResponder")]
    public void The_own_role_is_of_the_account_that_is_watched_where_there_is_one(string? account, string pattern)
    {
        var settings = FunctionSettings.Read(name => name switch
        {
            "RESPONSEKIT_FUNCTION" => "triage",
            "RESPONSEKIT_TABLE" => "t",
            "AWS_REGION" => "us-east-1",
            "RESPONSEKIT_ACCOUNT" => account,
            "RESPONSEKIT_SEAL_KEY" => "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            _ => null,
        });
        Assert.Equal([pattern], settings.Policy.Guards.ResponsekitRoles.Select(own => own.Text));
    }

    [Theory]
    [InlineData("RESPONSEKIT_ACCOUNT", "1111*")]
    [InlineData("RESPONSEKIT_RESPONDER_ROLE", "ResponseKit*")]
    [InlineData("RESPONSEKIT_RESPONDER_ROLE", "x:role/a b")]
    public void An_own_role_or_account_that_cannot_be_is_refused(string variable, string value)
    {
        var error = Assert.Throws<FunctionSettingsException>(() => FunctionSettings.Read(name =>
            name == variable ? value : name switch { "RESPONSEKIT_FUNCTION" => "triage", "RESPONSEKIT_TABLE" => "t", "AWS_REGION" => "us-east-1", _ => null }));
        Assert.Contains(variable, error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<byte[]> Attack(FunctionBed bed, string path, string name)
    {
        byte[] Act(string service, string operation, string request, int minutes) =>
            Events.OfUser(bed, name, service, operation, request, minutes: minutes, path: path);
        yield return DryRun(Act("ec2", "RunInstances", """{"instancesSet":{"items":[{"imageId":"ami-1","minCount":1,"maxCount":1}]},"instanceType":"p4d.24xlarge"}""", 0));
        yield return DryRun(Act("ec2", "RunInstances", """{"instancesSet":{"items":[{"imageId":"ami-2","minCount":1,"maxCount":1}]},"instanceType":"g5.48xlarge"}""", 0));
        yield return Act("iam", "CreateUser", """{"userName":"svc-x1"}""", 1);
        yield return Act("iam", "AttachUserPolicy", """{"userName":"svc-x1","policyArn":"arn:aws:iam::aws:policy/AdministratorAccess"}""", 1);
        yield return Act("iam", "CreateAccessKey", """{"userName":"svc-x1"}""", 2);
        yield return Act("ecs", "CreateCluster", """{"clusterName":"miner"}""", 3);
        yield return Act("cloudtrail", "StopLogging", """{"name":"main"}""", 4);
    }

    private static byte[] DryRun(byte[] call) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(call).Replace(
        "\"responseElements\":null", "\"errorCode\":\"Client.DryRunOperation\",\"responseElements\":null", StringComparison.Ordinal));

    private static async Task<AccessKey> UserAsync(IAmazonIdentityManagementService iam, string name, string path)
    {
        await iam.CreateUserAsync(new CreateUserRequest { UserName = name, Path = path });
        await iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = name, PolicyName = "everything", PolicyDocument = Everything });
        return (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = name })).AccessKey;
    }

    private static async Task<StatusType> StatusAsync(IAmazonIdentityManagementService iam, string user) =>
        Assert.Single((await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = user })).AccessKeyMetadata).Status;

    private static async Task<string> StateAsync(IAmazonIdentityManagementService iam)
    {
        var state = new List<string>();
        foreach (var user in (await iam.ListUsersAsync(new ListUsersRequest())).Users)
        {
            state.Add(StateText.Of(user));
            state.Add(StateText.Of((await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = user.UserName })).AccessKeyMetadata));
            state.Add(StateText.Of((await iam.ListUserPoliciesAsync(new ListUserPoliciesRequest { UserName = user.UserName })).PolicyNames));
            state.Add(StateText.Of((await iam.ListAttachedUserPoliciesAsync(new ListAttachedUserPoliciesRequest { UserName = user.UserName })).AttachedPolicies));
        }

        return string.Join('\n', state);
    }
}
