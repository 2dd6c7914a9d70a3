using System.CommandLine;
using System.Text.Json;
using Amazon.Lambda.Model;
using ResponseKit.Cli.Deployed;
using ResponseKit.Deployment;
using ResponseKit.Response;
using ResponseKit.Text;
using Spectre.Console;

namespace ResponseKit.Cli.Undo;

/// <summary>Has a deployment's undo function give back what a response took, signed as its user, again and again until nothing is left to do.</summary>
/// <param name="deployment">The deployment.</param>
/// <param name="console">Where it is shown.</param>
/// <param name="time">The clock of signatures.</param>
/// <param name="function">The undo function's name or ARN.</param>
internal sealed class DeployedUndo(Deployed.Deployment deployment, IAnsiConsole console, TimeProvider time, string function)
{
    // Each time goes on where the last one stopped, a quarter of an hour each.
    private const int MostTimes = 20;

    /// <summary>The option that names the function.</summary>
    public static Option<string> Option() => new("--function") { Description = "The name or ARN of the deployed undo function.", DefaultValueFactory = _ => DeployedNames.Function(FunctionIds.Undo) };

    public async Task<int> RunAsync(UndoRequest request, CancellationToken cancellationToken)
    {
        if (await deployment.Cases.FindAsync(request.Incident, cancellationToken) is not { } record)
            throw new DeploymentException($"There is no incident '{Printable.Of(request.Incident)}'. 'responsekit list' shows those that there are. Nothing was changed.");
        var asked = request with { By = await deployment.CallerAsync(cancellationToken), Reason = request.Reason.Length == 0 ? "to see what would be given back" : request.Reason };
        using var lambda = deployment.Lambda();
        var hasFailed = false;
        for (var times = 0; times < MostTimes; times++)
        {
            var signed = asked with { Proof = await ProofAsync(asked, record.Round) };
            var answer = await lambda.InvokeAsync(new InvokeRequest { FunctionName = function, Payload = Payload(signed) }, cancellationToken);
            var json = Read(answer);
            if (json.TryGetProperty("error", out var error))
                throw new DeploymentException(Printable.Of(error.GetString(), 1_000));
            hasFailed |= Show(json);
            if (!json.TryGetProperty("more", out var more) || more.ValueKind != JsonValueKind.True)
                return hasFailed ? ExitCodes.Failed : ExitCodes.Success;
        }

        throw new DeploymentException($"After {MostTimes} times there is still something left to give back. Run the same command again; 'responsekit show {Printable.Of(request.Incident)}' tells how far it is.");
    }

    private async Task<CallerProof?> ProofAsync(UndoRequest request, int round) => request.Mode == UndoMode.Plan || deployment.Name is null
        ? null
        : await deployment.SignAsync(AnswerText.Of(deployment.Name, request.Incident, round, request.Mode, request.Reason), time.GetUtcNow());

    private static string Payload(UndoRequest request) => JsonText.Of(json =>
    {
        json.WriteString("mode", request.Mode.ToString().ToLowerInvariant());
        json.WriteString("incident", request.Incident);
        json.WriteString("by", request.By);
        json.WriteString("reason", request.Reason);
        if (request.All)
            json.WriteBoolean("all", true);
        if (!request.Only.IsEmpty)
        {
            json.WriteStartArray("only");
            foreach (var one in request.Only)
                json.WriteStringValue(one);
            json.WriteEndArray();
        }

        if (request.Proof is not { } proof)
            return;
        json.WriteStartObject("proof");
        json.WriteString("authorization", proof.Authorization);
        json.WriteString("date", proof.Date);
        if (proof.Token is not null)
            json.WriteString("token", proof.Token);
        json.WriteEndObject();
    });

    private JsonElement Read(InvokeResponse answer)
    {
        try
        {
            var json = JsonElement.Parse(answer.Payload.ToArray());
            if (string.IsNullOrEmpty(answer.FunctionError) && json.ValueKind == JsonValueKind.Object)
                return json;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new DeploymentException($"The function '{Printable.Of(function)}' failed. Its log tells why, and 'responsekit show' how far it is: run the same command again to go on.");
    }

    /// <summary>Shows an answer, and says whether something could not be given back.</summary>
    private bool Show(JsonElement json)
    {
        Line(json.GetProperty("message").GetString());
        foreach (var (name, word) in new[] { ("due", "would give back"), ("undone", "given back"), ("failed", "FAILED"), ("left", "left") })
        {
            if (!json.TryGetProperty(name, out var entries))
                continue;
            foreach (var entry in entries.EnumerateArray())
            {
                var targets = entry.GetProperty("target").EnumerateArray().Select(target => target.GetString()).ToList();
                var more = targets.Count > 3 ? $" and {targets.Count - 3} more" : "";
                var why = entry.TryGetProperty("reason", out var reason) ? $": {reason.GetString()}" : "";
                Line($"  {word}: {entry.GetProperty("action").GetString()} on {string.Join(", ", targets.Take(3))}{more} ({entry.GetProperty("receipt").GetString()}){why}");
            }
        }

        return json.TryGetProperty("failed", out var failed) && failed.GetArrayLength() > 0;
    }

    private void Line(string? text) => console.Profile.Out.Writer.WriteLine(Printable.Of(text, 1_500));
}
