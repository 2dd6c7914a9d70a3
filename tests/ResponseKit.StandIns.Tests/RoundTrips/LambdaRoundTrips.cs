using System.IO.Compression;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using ResponseKit.Testing;
using GetPolicyRequest = Amazon.Lambda.Model.GetPolicyRequest;

namespace ResponseKit.StandIns.Tests.RoundTrips;

public sealed class LambdaRoundTrips(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Trust =
        """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";

    [Fact]
    public async Task Opens_a_function_to_the_world_and_closes_it_again()
    {
        using var account = emulator.NewAccount();
        var role = await account.Admin.Iam("us-east-1").CreateRoleAsync(new CreateRoleRequest { RoleName = "r", AssumeRolePolicyDocument = Trust });
        var lambda = account.Admin.Lambda("us-east-1");
        var made = await lambda.CreateFunctionAsync(new CreateFunctionRequest
        {
            FunctionName = "f",
            Runtime = Runtime.Python312,
            Handler = "m.h",
            Role = role.Role.Arn,
            Code = new FunctionCode { ZipFile = Zip() },
        });
        await lambda.AddPermissionAsync(new AddPermissionRequest
        {
            FunctionName = made.FunctionArn,
            StatementId = "world",
            Action = "lambda:InvokeFunctionUrl",
            Principal = "*",
            FunctionUrlAuthType = FunctionUrlAuthType.NONE,
        });
        await lambda.CreateFunctionUrlConfigAsync(new CreateFunctionUrlConfigRequest { FunctionName = "f", AuthType = FunctionUrlAuthType.NONE });
        var policy = await lambda.GetPolicyAsync(new GetPolicyRequest { FunctionName = "f" });
        var urls = await lambda.ListFunctionUrlConfigsAsync(new ListFunctionUrlConfigsRequest { FunctionName = "f" });

        await lambda.RemovePermissionAsync(new RemovePermissionRequest { FunctionName = "f", StatementId = "world" });
        await lambda.DeleteFunctionUrlConfigAsync(new DeleteFunctionUrlConfigRequest { FunctionName = "f" });
        await lambda.PutFunctionConcurrencyAsync(new PutFunctionConcurrencyRequest { FunctionName = "f", ReservedConcurrentExecutions = 0 });

        Assert.Contains("\"world\"", policy.Policy, StringComparison.Ordinal);
        Assert.Equal(FunctionUrlAuthType.NONE, Assert.Single(urls.FunctionUrlConfigs).AuthType);
        Assert.Equal(0, (await lambda.GetFunctionConcurrencyAsync(new GetFunctionConcurrencyRequest { FunctionName = "f" })).ReservedConcurrentExecutions);
        await Assert.ThrowsAsync<ResourceNotFoundException>(() => lambda.GetPolicyAsync(new GetPolicyRequest { FunctionName = "f" }));
        Assert.Equal(Runtime.Python312, (await lambda.GetFunctionAsync("f")).Configuration.Runtime);
    }

    private static MemoryStream Zip()
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var code = zip.CreateEntry("m.py").Open();
            code.Write("def h(e, c): return 1"u8);
        }

        return bytes;
    }
}
