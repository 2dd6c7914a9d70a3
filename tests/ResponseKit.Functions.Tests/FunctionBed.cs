using Amazon.IdentityManagement.Model;
using Amazon.KeyManagementService;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>
/// What a deployed function finds: a security account with the table and a principal that may use it and enter accounts, and an account to
/// respond in. IAM is enforced in both.
/// </summary>
internal sealed class FunctionBed : IDisposable
{
    public const string Region = "us-east-1";
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "ResponseKit.Functions.dll");

    private const string FunctionRights = """
        {"Version":"2012-10-17","Statement":[
          {"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/ResponseKitResponder"},
          {"Effect":"Allow","Action":["dynamodb:GetItem","dynamodb:PutItem","dynamodb:UpdateItem","dynamodb:DeleteItem","dynamodb:Query"],"Resource":"arn:aws:dynamodb:*:*:table/responsekit"},
          {"Effect":"Allow","Action":"kms:GenerateMac","Resource":"*"},
          {"Effect":"Allow","Action":["states:StartExecution","states:DescribeExecution","states:SendTaskSuccess"],"Resource":"*"},
          {"Effect":"Allow","Action":["sns:Publish","s3:PutObject","events:ListRules","events:ListTargetsByRule"],"Resource":"*"}]}
        """;

    private readonly EmulatorFixture emulator;
    private readonly AccessKey key;

    private FunctionBed(EmulatorFixture emulator, TestAccount hub, TestAccount account, StoreTable table, AccessKey key, AmazonKeyManagementServiceClient kms, string sealKey)
    {
        Kms = kms;
        SealKey = sealKey;
        this.emulator = emulator;
        Hub = hub;
        Account = account;
        Table = table;
        this.key = key;
    }

    /// <summary>The security account.</summary>
    public TestAccount Hub { get; }

    /// <summary>The account to respond in.</summary>
    public TestAccount Account { get; }

    /// <summary>The ARN of the key of seals.</summary>
    public string SealKey { get; }

    /// <summary>KMS in the security account, for an administrator.</summary>
    public AmazonKeyManagementServiceClient Kms { get; }

    /// <summary>ResponseKit's table, with all rights to it.</summary>
    public StoreTable Table { get; }

    public static async Task<FunctionBed> CreateAsync(EmulatorFixture emulator)
    {
        var hub = emulator.NewAccount();
        var account = emulator.NewAccount();
        var table = await StoreTables.CreateAsync(emulator, hub, Region);
        var iam = hub.Admin.Iam(Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = "functions" });
        await iam.PutUserPolicyAsync(new PutUserPolicyRequest { UserName = "functions", PolicyName = "functions", PolicyDocument = FunctionRights });
        var made = await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = "functions" });
        await AdmitAsync(account, hub.Id);
        await hub.EnforceIamAsync();
        await account.EnforceIamAsync();
        var (kms, sealKey) = await StoreTables.SealKeyAsync(emulator, hub, Region);
        return new FunctionBed(emulator, hub, account, table, made.AccessKey, kms, sealKey);
    }

    /// <summary>Starts a function as Lambda does.</summary>
    /// <param name="function">Which one.</param>
    /// <param name="more">Further settings, or others than the usual ones.</param>
    public FunctionProcess Start(string function, params (string Name, string Value)[] more)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["RESPONSEKIT_FUNCTION"] = function,
            ["RESPONSEKIT_TABLE"] = Table.Name,
            ["RESPONSEKIT_SEAL_KEY"] = SealKey,
            ["AWS_REGION"] = Region,
            ["AWS_ENDPOINT_URL"] = emulator.Address.ToString(),
            ["AWS_ACCESS_KEY_ID"] = key.AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = key.SecretAccessKey,
            // In mode enforce no function starts without.
            ["RESPONSEKIT_DEPLOYERS"] = $"arn:aws:iam::{Hub.Id}:role/deployer arn:aws:iam::{Account.Id}:role/deployer",
        };
        foreach (var (name, value) in more)
            environment[name] = value;
        return FunctionProcess.Start(Assembly, environment);
    }

    /// <summary>The API calls that were made into the account, the test's own administrator's aside.</summary>
    public async Task<IReadOnlyList<string>> CallsAsync() =>
        [.. (await Account.JournalAsync()).Where(call => call.Principal?.Contains("ResponseKitResponder", StringComparison.Ordinal) == true).Select(call => call.Call)];

    /// <summary>The calls that functions made to the table.</summary>
    public async Task<IReadOnlyList<string>> TableCallsAsync(long since) =>
        [.. (await Hub.JournalAsync(since)).Where(call => call.Key == key.AccessKeyId && call.Service == "dynamodb").Select(call => call.Call)];

    public void Dispose()
    {
        Account.Dispose();
        Hub.Dispose();
    }

    private static async Task AdmitAsync(TestAccount account, string hub)
    {
        var trust = $$"""
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::{{hub}}:root"},"Action":"sts:AssumeRole"}]}
            """;
        const string everything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";
        var name = new ResponderRole().Name;
        var iam = account.Admin.Iam(Region);
        await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = name, AssumeRolePolicyDocument = trust });
        await iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = name, PolicyName = "administrator", PolicyDocument = everything });
    }
}
