using System.Collections.Concurrent;
using System.Text.Json;
using ResponseKit.Response;
using ResponseKit.Response.Running;

namespace ResponseKit.Aws.Tests.Response;

/// <summary>Stands where Lambda stands: answers each payload as a script says, and keeps what was asked.</summary>
internal sealed class ScriptedFunctions : IActionInvoker
{
    private readonly ConcurrentQueue<string> asked = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<ReceiptStatus>> scripts = new(StringComparer.Ordinal);

    /// <summary>What was asked, as "action mode target…", in order.</summary>
    public IReadOnlyList<string> Asked => [.. asked];

    /// <summary>The action whose function cannot be reached.</summary>
    public string? Unreachable { get; init; }

    /// <summary>Sets the answers to an action in a mode, one after the other; after those it goes well.</summary>
    public ScriptedFunctions Answer(string action, string mode, params ReceiptStatus[] statuses)
    {
        scripts[$"{action} {mode}"] = new(statuses);
        return this;
    }

    public Task<ReadOnlyMemory<byte>> InvokeAsync(string actionId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        using var request = JsonDocument.Parse(payload);
        var mode = request.RootElement.GetProperty("mode").GetString()!;
        var target = request.RootElement.GetProperty("target");
        var names = target.ValueKind == JsonValueKind.Array ? target.EnumerateArray().Select(Name) : [Name(target)];
        asked.Enqueue($"{actionId} {mode} {string.Join(',', names)}");
        if (actionId == Unreachable)
            throw new HttpRequestException("connection refused");
        return Task.FromResult<ReadOnlyMemory<byte>>(ReceiptJson.Write(Receipt(actionId, mode)));
    }

    private ActionReceipt Receipt(string action, string mode) => new()
    {
        Id = "receipt-" + action,
        Action = action,
        Mode = Enum.Parse<ActionMode>(mode, ignoreCase: true),
        Status = scripts.TryGetValue($"{action} {mode}", out var script) && script.TryDequeue(out var status) ? status : mode switch
        {
            "verify" => ReceiptStatus.Holds,
            "plan" => ReceiptStatus.Planned,
            _ => ReceiptStatus.Applied,
        },
        Account = "111122223333",
        Region = "us-east-1",
        Targets = [],
        Reason = "test",
        Started = DateTimeOffset.UnixEpoch,
        Finished = DateTimeOffset.UnixEpoch,
        Steps = [],
        Message = $"{action} {mode}",
    };

    private static string Name(JsonElement target) => target.GetString()!.Split('/')[^1];
}
