using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda.Model;
using ResponseKit.Emulator.Deployed;
using ResponseKit.Functions.Hosting;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests.Deployed;

/// <summary>Functions that are deployed in the emulator run as Lambda runs them: their package, their variables, the rights of their role.</summary>
public sealed class DeployedFunctionTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Region = "us-east-1";
    private static readonly HttpClient Http = new();

    private const string MayUseTable = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}]}
        """;

    private const string MayDoNothing = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}
        """;

    [Fact]
    public async Task A_function_works_with_its_variables_and_the_rights_of_its_role()
    {
        using var hub = emulator.NewAccount();
        await StoreTables.CreateAsync(emulator, hub, Region);
        await using var functions = await DeployedFunctions.RunAsync(emulator.Control, emulator.Address, hub.Id, CancellationToken.None);
        await DeployAsync(hub, "allowed", MayUseTable);
        await DeployAsync(hub, "denied", MayDoNothing);
        await hub.EnforceIamAsync();

        var allowed = await InvokeAsync(hub, "allowed");
        var denied = await InvokeAsync(hub, "denied");

        Assert.Null(allowed.Error);
        Assert.Equal("kept", Outcome(allowed.Text));
        Assert.Contains("dynamodb:", denied.Text, StringComparison.Ordinal);
        Assert.Contains("assumed-role/denied/denied", denied.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_function_that_cannot_start_says_why()
    {
        using var hub = emulator.NewAccount();
        await using var functions = await DeployedFunctions.RunAsync(emulator.Control, emulator.Address, hub.Id, CancellationToken.None);
        await DeployAsync(hub, "unset", MayUseTable, ("RESPONSEKIT_TABLE", ""));

        var answer = await InvokeAsync(hub, "unset");

        Assert.Equal("Unhandled", answer.Error);
        Assert.Contains("RESPONSEKIT_TABLE", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_deployment_gets_a_new_process()
    {
        using var hub = emulator.NewAccount();
        await StoreTables.CreateAsync(emulator, hub, Region);
        await using var functions = await DeployedFunctions.RunAsync(emulator.Control, emulator.Address, hub.Id, CancellationToken.None);
        await DeployAsync(hub, "changing", MayUseTable, ("RESPONSEKIT_POLICY", "{"));
        var before = await InvokeAsync(hub, "changing");

        await hub.Admin.Lambda(Region).DeleteFunctionAsync(new DeleteFunctionRequest { FunctionName = "changing" });
        await DeployAsync(hub, "changing", MayUseTable);

        Assert.Equal("Unhandled", before.Error);
        Assert.Null((await InvokeAsync(hub, "changing")).Error);
    }

    [Fact]
    public async Task A_runtime_that_is_not_on_this_machine_is_named()
    {
        using var hub = emulator.NewAccount();
        await using var functions = await DeployedFunctions.RunAsync(emulator.Control, emulator.Address, hub.Id, CancellationToken.None);
        await DeployAsync(hub, "snake", "python3.12", MayUseTable);

        Assert.Contains("python3.12", (await InvokeAsync(hub, "snake")).Text, StringComparison.Ordinal);
    }

    private static string? Outcome(string answer) => JsonElement.Parse(answer).GetProperty("outcome").GetString();

    private Task DeployAsync(TestAccount hub, string name, string policy, params (string Name, string Value)[] more) =>
        DeployAsync(hub, name, "dotnet10", policy, more);

    // By the API itself: the stand-in for the SDK's package offers no variables.
    private async Task DeployAsync(TestAccount hub, string name, string runtime, string policy, params (string Name, string Value)[] more)
    {
        var variables = ImmutableDictionary<string, string>.Empty
            .Add("RESPONSEKIT_FUNCTION", FunctionSettings.Triage).Add("RESPONSEKIT_TABLE", "responsekit")
            .Add("RESPONSEKIT_SEAL_KEY", (await StoreTables.SealKeyAsync(emulator, hub, Region)).Arn)
            .SetItems(more.Select(one => KeyValuePair.Create(one.Name, one.Value)));
        using var response = await SendAsync(hub, "2015-03-31/functions", JsonSerializer.Serialize(new
        {
            FunctionName = name,
            Runtime = runtime,
            Handler = "ResponseKit.Functions",
            Timeout = 60,
            Role = await RoleAsync(hub, name, policy),
            Environment = new { Variables = variables },
            Code = new { ZipFile = Package() },
        }));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<string> RoleAsync(TestAccount hub, string name, string policy)
    {
        const string trust = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        var iam = hub.Admin.Iam(Region);
        try
        {
            var role = await iam.CreateRoleAsync(new CreateRoleRequest { RoleName = name, AssumeRolePolicyDocument = trust });
            await iam.PutRolePolicyAsync(new PutRolePolicyRequest { RoleName = name, PolicyName = "own", PolicyDocument = policy });
            return role.Role.Arn;
        }
        catch (EntityAlreadyExistsException)
        {
            return $"arn:aws:iam::{hub.Id}:role/{name}";
        }
    }

    private static string Package()
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(IsOfFunctions))
                zip.CreateEntryFromFile(file, Path.GetFileName(file), CompressionLevel.Fastest);
        }

        return Convert.ToBase64String(archive.ToArray());
    }

    private static bool IsOfFunctions(string file) => Path.GetFileName(file) is var name
        && (name.EndsWith(".dll", StringComparison.Ordinal) || name.StartsWith("ResponseKit.Functions.", StringComparison.Ordinal))
        && (name.StartsWith("ResponseKit", StringComparison.Ordinal) || name.StartsWith("AWSSDK", StringComparison.Ordinal) || name.StartsWith("Amazon", StringComparison.Ordinal));

    private async Task<(string Text, string? Error)> InvokeAsync(TestAccount hub, string function)
    {
        var record = $$"""
            {"eventVersion":"1.11","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLE","arn":"arn:aws:iam::{{hub.Id}}:user/mallory","accountId":"{{hub.Id}}","userName":"mallory","accessKeyId":"AKIAEXAMPLE"},
             "eventTime":"2025-11-02T10:00:01Z","eventSource":"iam.amazonaws.com","eventName":"CreateUser","awsRegion":"{{Region}}","sourceIPAddress":"203.0.113.7","userAgent":"aws-cli/2",
             "requestParameters":{"userName":"evil"},"responseElements":null,"requestID":"r","eventID":"{{Guid.NewGuid()}}","readOnly":false,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"{{hub.Id}}","eventCategory":"Management"}
            """;
        using var response = await SendAsync(
            hub, $"2015-03-31/functions/{function}/invocations", Encoding.UTF8.GetString(TriageJson.Envelop(JsonElement.Parse(record))));
        return (await response.Content.ReadAsStringAsync(), response.Headers.TryGetValues("X-Amz-Function-Error", out var errors) ? errors.Single() : null);
    }

    private async Task<HttpResponseMessage> SendAsync(TestAccount hub, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(emulator.Address, path));
        // Signatures of this key are never looked at.
        request.Headers.TryAddWithoutValidation(
            "Authorization", $"AWS4-HMAC-SHA256 Credential=AKIAROOT{hub.Id}/20251102/{Region}/lambda/aws4_request, SignedHeaders=host, Signature=0");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Http.SendAsync(request);
    }
}
