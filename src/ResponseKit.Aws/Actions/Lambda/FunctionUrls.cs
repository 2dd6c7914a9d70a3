using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.Lambda.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

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
        return [.. (await UrlsAsync(cancellationToken) ?? []).Select(Gone)];
    }

    private async Task<IReadOnlyList<FunctionUrlConfig>?> UrlsAsync(CancellationToken cancellationToken) => await Run.ReadAsync(
        "lambda:ListFunctionUrlConfigs", $"URLs of function {Name}", [],
        token => Lambda.Paginators.ListFunctionUrlConfigs(new ListFunctionUrlConfigsRequest { FunctionName = Name }).FunctionUrlConfigs.AllAsync(token),
        cancellationToken);

    public override async Task UndoAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        var urls = await UrlsAsync(cancellationToken);
        var url = urls?.FirstOrDefault(one => Qualifiers.OfArn(one.FunctionArn) == done.Id());
        // One that was made meanwhile has another address: the former address says that it was never deleted.
        var present = urls is null ? Present.Unread
            : Present.Of(url is null, isAsBefore: url?.FunctionUrl == done.Before?["url"]?.GetValue<string>(), $"Function {Name} ({done.Id()}) has another URL by now, {url?.FunctionUrl}.");
        var request = new CreateFunctionUrlConfigRequest
        {
            FunctionName = Name,
            Qualifier = Qualifiers.ForRequest(done.Id()),
            AuthType = done.Before?["authType"]?.GetValue<string>(),
            InvokeMode = done.Before?["invokeMode"]?.GetValue<string>(),
            Cors = done.Before?["cors"]?.Deserialize<Cors>(),
        };
        await Run.UndoAsync(
            done, present, "lambda:CreateFunctionUrlConfig",
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
