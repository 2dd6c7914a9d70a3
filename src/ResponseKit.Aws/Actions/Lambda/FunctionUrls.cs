using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Lambda.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Lambda;

/// <summary>
/// The function's URLs: at most one for the function itself and one for each alias. One made anew has the settings of the former, but AWS gives
/// it another address. Lambda Developer Guide, "Creating and managing Lambda function URLs".
/// </summary>
internal sealed class FunctionUrls(ActionRun run) : FunctionPart(run)
{
    public override string Kind => "url";

    public override async Task<IReadOnlyList<Wanted>> AllAsync(CancellationToken cancellationToken)
    {
        var urls = await Run.ReadAsync(
            "lambda:ListFunctionUrlConfigs", $"URLs of function {Name}", [],
            token => Lambda.Paginators.ListFunctionUrlConfigs(new ListFunctionUrlConfigsRequest { FunctionName = Name }).FunctionUrlConfigs
                .AllAsync(token),
            cancellationToken);
        return [.. (urls ?? []).Select(Gone)];
    }

    public override Task UndoAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        var request = new CreateFunctionUrlConfigRequest
        {
            FunctionName = Name,
            Qualifier = Qualifiers.ForRequest(done.Id()),
            AuthType = done.Before?["authType"]?.GetValue<string>(),
            InvokeMode = done.Before?["invokeMode"]?.GetValue<string>(),
            Cors = done.Before?["cors"]?.Deserialize<Cors>(),
        };
        return Run.UndoAsync(
            done, "lambda:CreateFunctionUrlConfig",
            $"Make the URL of function {Name} ({done.Id()}) again; its address is new, the former was {done.Before?["url"]?.GetValue<string>()}",
            async token => await Lambda.CreateFunctionUrlConfigAsync(request, token), cancellationToken);
    }

    private Wanted Gone(FunctionUrlConfig url)
    {
        var qualifier = Qualifiers.OfArn(url.FunctionArn);
        var step = new Step(
            $"{Kind}/{qualifier}", "lambda:DeleteFunctionUrlConfig", $"URL of function {Name} ({qualifier})",
            $"Delete the URL {url.FunctionUrl} of function {Name} ({qualifier})")
        {
            Before = new JsonObject
            {
                ["url"] = url.FunctionUrl,
                ["authType"] = url.AuthType?.Value,
                ["invokeMode"] = url.InvokeMode?.Value,
                ["cors"] = url.Cors is null ? null : JsonSerializer.SerializeToNode(url.Cors),
            },
            MeansInPlace = ["ResourceNotFoundException"],
        };
        var request = new DeleteFunctionUrlConfigRequest { FunctionName = Name, Qualifier = Qualifiers.ForRequest(qualifier) };
        return new Wanted(
            step, IsInPlace: false, $"{url.FunctionUrl} is there, with authorization {url.AuthType}.",
            async token => await Lambda.DeleteFunctionUrlConfigAsync(request, token));
    }
}
