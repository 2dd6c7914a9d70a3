using System.Text;
using System.Text.Json;

namespace ResponseKit.Response.Running;

/// <summary>Asks action functions, and reads what they answer.</summary>
public static class ActionAsking
{
    /// <summary>Invokes a function once. Whatever goes wrong with it is a result, so that it does not stop the others.</summary>
    /// <param name="functions">The way to it.</param>
    /// <param name="actionId">The action.</param>
    /// <param name="request">What it is asked.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public static async Task<ActionResult> AskAsync(this IActionInvoker functions, string actionId, ActionRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return Read(await functions.InvokeAsync(actionId, Encoding.UTF8.GetBytes(request.ToJson()), cancellationToken));
        }
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
