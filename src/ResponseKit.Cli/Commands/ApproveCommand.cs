using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Amazon.Lambda.Model;
using ResponseKit.Cli.Deployed;
using ResponseKit.Deployment;
using ResponseKit.Response;
using ResponseKit.Text;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit approve</c>: answers what a response asks.</summary>
internal static class ApproveCommand
{
    public static Command Create(TimeProvider time)
    {
        var options = new DeploymentOptions();
        var incident = new Argument<string>("incident") { Description = "The incident, as 'responsekit list' shows it." };
        var reason = new Option<string?>("--reason") { Description = "Why; kept with the incident.", Required = true }.Checked(ApprovalInputParser.MaxReason);
        var reject = new Option<bool>("--reject") { Description = "Say no instead." };
        var remember = new Option<int?>("--remember")
        {
            Description = "With --reject, of what is only braked: allow the same from now on, up to so many US dollars an hour. Signed like an approval.",
        };
        var days = new Option<int>("--days") { Description = "For how many days that is allowed.", DefaultValueFactory = _ => 30 };
        var by = new Option<string?>("--by") { Description = "Who rejects. Left out: the caller's ARN. An approval is signed with the caller's credentials, and AWS says whose they are." }.Checked(ApprovalInputParser.MaxBy);
        var function = new Option<string>("--function") { Description = "The name or ARN of the deployed approval function.", DefaultValueFactory = _ => DeployedNames.Function(FunctionIds.Approval) };
        var command = options.On(new Command("approve", "Lets the response to an incident do what it waits for a person to allow, or with --reject forbids it.") { incident, reason, reject, remember, days, by, function });
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, async deployment =>
        {
            var who = parsed.GetValue(by) ?? await deployment.CallerAsync(cancellationToken);
            var allowed = parsed.GetValue(remember) is { } usd ? new Remembering(usd, parsed.GetValue(days)) : null;
            var answer = (IsApproved: !parsed.GetValue(reject), Reason: parsed.GetValue(reason)!, Remember: allowed);
            var proof = answer is { IsApproved: false, Remember: null } ? null : await ProofAsync(deployment, parsed, parsed.GetValue(incident)!, answer, time, cancellationToken);
            var payload = JsonText.Of(json =>
            {
                if (proof is not null)
                {
                    json.WriteStartObject("proof");
                    json.WriteString("authorization", proof.Authorization);
                    json.WriteString("date", proof.Date);
                    if (proof.Token is not null)
                        json.WriteString("token", proof.Token);
                    json.WriteEndObject();
                }

                json.WriteString("decision", parsed.GetValue(reject) ? "reject" : "approve");
                json.WriteString("incident", parsed.GetValue(incident));
                json.WriteString("by", who);
                json.WriteString("reason", parsed.GetValue(reason));
                if (allowed is not null)
                {
                    json.WriteStartObject("remember");
                    json.WriteNumber("usdPerHour", allowed.UsdPerHour);
                    json.WriteNumber("days", allowed.Days);
                    json.WriteEndObject();
                }
            });
            using var lambda = deployment.Lambda();
            var response = await lambda.InvokeAsync(new InvokeRequest { FunctionName = parsed.GetValue(function)!, Payload = payload }, cancellationToken);
            return await ShowAsync(parsed.InvocationConfiguration, response, parsed.GetValue(function)!);
        }, cancellationToken));
        return command;
    }

    /// <summary>Shows what is signed and signs it; null when there is nothing to sign, which the function then says better.</summary>
    private static async Task<CallerProof?> ProofAsync(
        Deployed.Deployment deployment, ParseResult parsed, string incident, (bool IsApproved, string Reason, Remembering? Remember) answer, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (deployment.Name is null || await deployment.Cases.FindAsync(incident, cancellationToken) is not { } record)
            return null;
        var question = (await deployment.Approvals.OfAsync(incident, cancellationToken)).LastOrDefault(approval => approval.Round == record.Round && approval.Decision is null);
        if (question is null)
            return null;
        var output = parsed.InvocationConfiguration.Output;
        await output.WriteLineAsync(answer.Remember is { } allowed
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Signed is that the actor of incident {Printable.Of(incident, 80)} is released, and may do the same up to ${allowed.UsdPerHour} an hour for {allowed.Days} days. Not done of question {question.Number}:")
            : $"Signed is that this may be done, and nothing else, of incident {Printable.Of(incident, 80)}, question {question.Number}:");
        foreach (var item in question.Items)
        {
            var more = item.Targets.Length > 3 ? $" and {item.Targets.Length - 3} more" : "";
            await output.WriteLineAsync(Printable.Of($"  {item.ActionId} on {string.Join(", ", item.Targets.Take(3).Select(target => target.ToFullArn()))}{more}", 1_000));
        }

        await output.WriteLineAsync($"  plan {AnswerText.PlanHash(question)}, for {Printable.Of(deployment.Name, 300)}");
        return await deployment.SignAsync(AnswerText.Of(deployment.Name, question, answer.IsApproved, answer.Reason, answer.Remember), time.GetUtcNow());
    }

    private static async Task<int> ShowAsync(InvocationConfiguration console, InvokeResponse answer, string function)
    {
        JsonElement json;
        try
        {
            json = JsonElement.Parse(answer.Payload.ToArray());
        }
        catch (JsonException)
        {
            throw new DeploymentException($"The function '{Printable.Of(function)}' answered with no JSON. It is hardly the approval function: name that with --function.");
        }

        if (!string.IsNullOrEmpty(answer.FunctionError))
            throw new DeploymentException($"The function '{Printable.Of(function)}' failed: {Text(json, "errorMessage")} Its log tells more. Whether the answer was kept, 'responsekit show' tells.");
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("error", out _))
        {
            await console.Error.WriteLineAsync(Text(json, "error"));
            if (json.TryGetProperty("fields", out var fields) && fields.ValueKind == JsonValueKind.Array)
            {
                foreach (var field in fields.EnumerateArray())
                    await console.Error.WriteLineAsync($"  {Text(field, "field")}: {Text(field, "problem")} Accepted: {Text(field, "accepts")}");
            }

            return ExitCodes.CannotRun;
        }

        await console.Output.WriteLineAsync(Text(json, "message"));
        return ExitCodes.Success;
    }

    private static string Text(JsonElement json, string name) => Printable.Of(
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : "(nothing)", 1_000);
}
