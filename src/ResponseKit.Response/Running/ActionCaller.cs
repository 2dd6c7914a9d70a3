using System.Text;
using System.Text.Json;

namespace ResponseKit.Response.Running;

/// <summary>Talks to action functions: payloads out, receipts in, and on again while they run out of time.</summary>
internal sealed class ActionCaller(IActionInvoker functions, RunnerSettings settings, IProgress<ResponseEvent> progress)
{
    /// <summary>Invokes until the action no longer runs out of time, and reports it.</summary>
    public async Task<ActionResult> CallAsync(string actionId, ActionRequest request, CancellationToken cancellationToken)
    {
        progress.Report(new ResponseEvent.Started(actionId, request));
        var result = await AskAsync(actionId, request, cancellationToken);
        for (var again = 0; again < settings.MaxContinuations && result is ActionResult.Answered { Receipt.Status: ReceiptStatus.Incomplete }; again++)
            result = await AskAsync(actionId, request, cancellationToken);
        progress.Report(new ResponseEvent.Ended(actionId, request, result));
        return result;
    }

    /// <summary>Invokes once.</summary>
    public async Task<ActionResult> AskAsync(string actionId, ActionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return Read(await functions.InvokeAsync(actionId, Encoding.UTF8.GetBytes(request.ToJson()), cancellationToken));
        }
        // Whatever goes wrong with one function must not stop the others.
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return new ActionResult.Unreachable($"The function of {actionId} could not be used: {error.Message}");
        }
    }

    private static ActionResult Read(ReadOnlyMemory<byte> answer)
    {
        using var json = JsonDocument.Parse(answer);
        if (json.RootElement.TryGetProperty("error", out var error))
            return new ActionResult.Refused(error.ValueKind == JsonValueKind.String ? error.GetString()! : error.GetRawText());
        return new ActionResult.Answered(ReceiptJson.Read(answer.Span));
    }
}
