using System.Collections.Concurrent;
using ResponseKit.Cli.Drill.Output;
using ResponseKit.Response;
using ResponseKit.Response.Running;

namespace ResponseKit.Cli.Drill.Responding;

/// <summary>Tells the steps of a response: each action the first time and whenever it fails, then every tenth.</summary>
internal sealed class ResponseTeller(Timeline timeline) : IProgress<ResponseEvent>
{
    private const int Every = 10;
    private readonly ConcurrentDictionary<string, int> done = new(StringComparer.Ordinal);

    public void Report(ResponseEvent value)
    {
        switch (value)
        {
            case ResponseEvent.Ended ended:
                Tell(ended);
                break;
            case ResponseEvent.Looked looked:
                timeline.Responder(looked.Broken == 0 ? looked.Holding == 1 ? "looks again: the 1 action holds" : $"looks again: all {looked.Holding} actions hold" : $"looks again: {looked.Holding} actions hold, {looked.Broken} did not and were applied anew");
                break;
        }
    }

    private void Tell(ResponseEvent.Ended ended)
    {
        var count = done.AddOrUpdate(ended.ActionId, 1, (_, known) => known + 1);
        var isFine = ended.Result is ActionResult.Answered
        {
            Receipt.Status: ReceiptStatus.Applied or ReceiptStatus.AlreadyInPlace or ReceiptStatus.Planned
        };
        var isIdentity = ended.ActionId.StartsWith("iam.", StringComparison.Ordinal);
        if (!isFine || isIdentity || count == 1 || count % Every == 0)
            timeline.Responder(count == 1 || isIdentity ? ended.Result.Message : $"{ended.Result.Message} That is the {count}th.");
    }
}
