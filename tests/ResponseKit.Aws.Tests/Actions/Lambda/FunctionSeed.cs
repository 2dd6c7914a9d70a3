using System.IO.Compression;
using System.Text.Json.Nodes;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.IdentityManagement.Model;
using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using ResponseKit.Testing;
using GetPolicyRequest = Amazon.Lambda.Model.GetPolicyRequest;

namespace ResponseKit.Aws.Tests.Actions.Lambda;

/// <summary>Makes functions to lock down, and reads back what locking may touch.</summary>
internal sealed class FunctionSeed(EmulatorFixture emulator, TestAccount account, string name)
{
    private const string Region = "us-east-1";

    public IAmazonLambda Lambda { get; } = account.Admin.Lambda(Region);

    public string Name => name;

    public static async Task<FunctionSeed> CreateAsync(EmulatorFixture emulator, TestAccount account, string name)
    {
        var seed = new FunctionSeed(emulator, account, name);
        const string trust =
            """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
        await account.Admin.Iam(Region).CreateRoleAsync(new CreateRoleRequest { RoleName = "function", AssumeRolePolicyDocument = trust });
        await seed.Lambda.CreateFunctionAsync(new CreateFunctionRequest
        {
            FunctionName = name,
            Runtime = Runtime.FindValue("provided.al2023"),
            Handler = "bootstrap",
            Role = $"arn:aws:iam::{account.Id}:role/function",
            Code = new FunctionCode { ZipFile = Zip() },
        });
        return seed;
    }

    /// <summary>A version and an alias to it.</summary>
    public async Task PublishAsync(string alias)
    {
        var version = await Lambda.PublishVersionAsync(new PublishVersionRequest { FunctionName = name });
        await Lambda.CreateAliasAsync(new CreateAliasRequest { FunctionName = name, Name = alias, FunctionVersion = version.Version });
    }

    public Task AllowAsync(string id, string principal, string? qualifier = null, Action<AddPermissionRequest>? condition = null)
    {
        var request = new AddPermissionRequest
        {
            FunctionName = name,
            StatementId = id,
            Action = "lambda:InvokeFunction",
            Principal = principal,
            Qualifier = qualifier,
        };
        condition?.Invoke(request);
        return Lambda.AddPermissionAsync(request);
    }

    /// <summary>A URL open to everybody, with the two statements that it takes.</summary>
    public async Task OpenUrlAsync(string? qualifier = null)
    {
        await Lambda.CreateFunctionUrlConfigAsync(new CreateFunctionUrlConfigRequest
        {
            FunctionName = name,
            Qualifier = qualifier,
            AuthType = FunctionUrlAuthType.NONE,
            InvokeMode = InvokeMode.RESPONSE_STREAM,
            Cors = new Cors { AllowOrigins = ["*"], AllowMethods = ["GET", "POST"], MaxAge = 300 },
        });
        await AllowAsync("url", "*", qualifier, request =>
        {
            request.Action = "lambda:InvokeFunctionUrl";
            request.FunctionUrlAuthType = FunctionUrlAuthType.NONE;
        });
        await AllowAsync("url-invoke", "*", qualifier, request => request.InvokedViaFunctionUrl = true);
    }

    /// <summary>A mapping that feeds the function, or one of its aliases, from a table's stream.</summary>
    public async Task<string> FeedAsync(string table, string? alias = null, bool enabled = true)
    {
        using var dynamo = new AmazonDynamoDBClient(
            new BasicAWSCredentials("AKIAROOT" + account.Id, "any"), emulator.Settings.For(new AmazonDynamoDBConfig(), Region));
        var made = await dynamo.CreateTableAsync(new CreateTableRequest
        {
            TableName = table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new("id", ScalarAttributeType.S)],
            KeySchema = [new("id", KeyType.HASH)],
            StreamSpecification = new StreamSpecification { StreamEnabled = true, StreamViewType = StreamViewType.NEW_IMAGE },
        });
        var mapping = await Lambda.CreateEventSourceMappingAsync(new CreateEventSourceMappingRequest
        {
            FunctionName = alias is null ? name : $"{name}:{alias}",
            EventSourceArn = made.TableDescription.LatestStreamArn,
            StartingPosition = EventSourcePosition.LATEST,
            Enabled = enabled,
        });
        return mapping.UUID;
    }

    /// <summary>Everything that locking may touch, but for a URL's address, which cannot come back.</summary>
    public async Task<string> StateAsync()
    {
        var policies = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var qualifier in await QualifiersAsync())
            policies[qualifier ?? "function"] = await StatementsAsync(qualifier);
        var urls = (await Lambda.ListFunctionUrlConfigsAsync(new ListFunctionUrlConfigsRequest { FunctionName = name })).FunctionUrlConfigs ?? [];
        var mappings = (await Lambda.ListEventSourceMappingsAsync(new ListEventSourceMappingsRequest())).EventSourceMappings ?? [];
        return StateText.Of(new
        {
            (await Lambda.GetFunctionConcurrencyAsync(new GetFunctionConcurrencyRequest { FunctionName = name })).ReservedConcurrentExecutions,
            Urls = urls.OrderBy(url => url.FunctionArn, StringComparer.Ordinal).Select(url => new { url.FunctionArn, url.AuthType, url.Cors, url.InvokeMode }),
            Policies = policies,
            Mappings = mappings.OrderBy(mapping => mapping.UUID, StringComparer.Ordinal).Select(mapping => new { mapping.UUID, mapping.State }),
        });
    }

    /// <summary>The ids of the statements on a qualifier, in order.</summary>
    public async Task<IReadOnlyList<string>> StatementIdsAsync(string? qualifier = null) =>
        [.. (await StatementsAsync(qualifier)).Select(statement => statement["Sid"]!.GetValue<string>())];

    private async Task<IReadOnlyList<JsonNode>> StatementsAsync(string? qualifier)
    {
        try
        {
            var policy = await Lambda.GetPolicyAsync(new GetPolicyRequest { FunctionName = name, Qualifier = qualifier });
            return
            [
                .. StateText.Document(policy.Policy)!["Statement"]!.AsArray().OfType<JsonNode>()
                    .OrderBy(statement => statement["Sid"]!.GetValue<string>(), StringComparer.Ordinal),
            ];
        }
        catch (Amazon.Lambda.Model.ResourceNotFoundException)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<string?>> QualifiersAsync()
    {
        var aliases = (await Lambda.ListAliasesAsync(new ListAliasesRequest { FunctionName = name })).Aliases ?? [];
        var versions = (await Lambda.ListVersionsByFunctionAsync(new ListVersionsByFunctionRequest { FunctionName = name })).Versions ?? [];
        return [null, .. aliases.Select(alias => alias.Name), .. versions.Select(version => version.Version).Where(version => version != "$LATEST")];
    }

    private static MemoryStream Zip()
    {
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("bootstrap").Open();
            entry.Write("#!/bin/sh\n"u8);
        }

        zip.Position = 0;
        return zip;
    }
}
