using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.EC2.Model;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Stores;
using ResponseKit.Deploy.Tests.Deployed;
using ResponseKit.Deployment;

namespace ResponseKit.Deploy.Tests;

/// <summary>What the functions may do with the sessions that Lambda gets for them, in the account and with IAM enforced.</summary>
public sealed class RoleTests
{
    private const string Denied = "AccessDenied";

    public static TheoryData<string> Functions => ResourceTests.Functions;

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task No_function_changes_anything_by_its_own_role(string id)
    {
        var account = await DeployedAccount.FindAsync();
        var name = DeployedNames.Function(id);
        var session = await account.SessionAsync(name);
        using var clients = new AwsClients(session, account.Id, account.Emulator.Settings);
        using var dynamo = Dynamo(account, session);

        Assert.Equal(Denied, await AnswerAsync(() => clients.Iam(DeployedAccount.Home).DeleteUserAsync(new DeleteUserRequest { UserName = "somebody" })));
        Assert.Equal(Denied, await AnswerAsync(() => clients.Iam(DeployedAccount.Home).PutRolePolicyAsync(
            new PutRolePolicyRequest { RoleName = name, PolicyName = "more", PolicyDocument = """{"Version":"2012-10-17","Statement":[]}""" })));
        Assert.Equal("UnauthorizedOperation", await AnswerAsync(() => clients.Ec2(DeployedAccount.Home).TerminateInstancesAsync(
            new TerminateInstancesRequest { InstanceIds = ["i-0123456789abcdef0"] })));
        Assert.Equal("AccessDeniedException", await AnswerAsync(() => clients.Lambda(DeployedAccount.Home).PutFunctionConcurrencyAsync(
            new PutFunctionConcurrencyRequest { FunctionName = DeployedNames.Function(FunctionIds.Triage), ReservedConcurrentExecutions = 0 })));
        Assert.Equal("AccessDeniedException", await AnswerAsync(() => dynamo.DeleteTableAsync(account.Outputs["Table"])));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task Every_function_reads_the_kill_switch_and_no_other_table(string id)
    {
        var account = await DeployedAccount.FindAsync();
        using var dynamo = Dynamo(account, await account.SessionAsync(DeployedNames.Function(id)));
        var key = new Dictionary<string, AttributeValue> { [StoreTable.Partition] = new(DynamoControlStore.Control), [StoreTable.Sort] = new("kill-switch") };

        Assert.Null(await AnswerAsync(() => dynamo.GetItemAsync(new GetItemRequest { TableName = account.Outputs["Table"], Key = key })));
        Assert.Equal("AccessDeniedException", await AnswerAsync(() => dynamo.GetItemAsync(new GetItemRequest { TableName = "customers", Key = key })));
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task Only_functions_that_act_or_look_enter_the_account_and_only_with_the_external_id(string id)
    {
        var account = await DeployedAccount.FindAsync();
        using var sts = account.Emulator.SecurityToken(await account.SessionAsync(DeployedNames.Function(id)), DeployedAccount.Home);
        var request = new AssumeRoleRequest
        {
            RoleArn = new ResponderRole().ArnIn("aws", account.Id),
            RoleSessionName = "test",
            ExternalId = DeployedNames.ExternalId(account.Id),
        };

        Assert.Equal(id is FunctionIds.Triage or FunctionIds.Plan or FunctionIds.Approval ? Denied : null, await AnswerAsync(() => sts.AssumeRoleAsync(request)));
        request.ExternalId = DeployedNames.ExternalId("444455556666");
        Assert.Equal(Denied, await AnswerAsync(() => sts.AssumeRoleAsync(request)));
    }

    [Fact]
    public async Task Nobody_enters_the_account_by_being_its_administrator()
    {
        var account = await DeployedAccount.FindAsync();
        using var owner = new AwsClients(account.Owner, account.Id, account.Emulator.Settings);
        var iam = owner.Iam(DeployedAccount.Home);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "admin" });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = "admin", PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" });
        var key = (await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "admin" })).AccessKey;
        using var sts = account.Emulator.SecurityToken(new BasicAWSCredentials(key.AccessKeyId, key.SecretAccessKey), DeployedAccount.Home);

        Assert.Equal(Denied, await AnswerAsync(() => sts.AssumeRoleAsync(new AssumeRoleRequest
        {
            RoleArn = new ResponderRole().ArnIn("aws", account.Id),
            RoleSessionName = "admin",
            ExternalId = DeployedNames.ExternalId(account.Id),
        })));
    }

    private static AmazonDynamoDBClient Dynamo(DeployedAccount account, AWSCredentials credentials) =>
        new(credentials, account.Emulator.Settings.For(new AmazonDynamoDBConfig(), DeployedAccount.Home));

    private static async Task<string?> AnswerAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (AmazonServiceException error)
        {
            return error.ErrorCode;
        }
    }
}
