using System.Text.Json.Nodes;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>Undoing an inline policy of ResponseKit's own.</summary>
internal static class InlineDocument
{
    /// <summary>What a step leaves that puts a document.</summary>
    public static JsonObject After(string document) => new() { ["sha256"] = DenyOnly.Hash(document) };

    /// <summary>
    /// Takes the policy away, or puts the former one of that name back, where the one that stands is the one that was put. A former one that grants anything
    /// is left to a person.
    /// </summary>
    public static async Task UndoAsync(ActionRun run, IamPrincipal principal, StepReceipt done, string name, CancellationToken cancellationToken)
    {
        var former = done.Before?["document"]?.GetValue<string>();
        var standing = await run.ReadAsync(
            $"iam:Get{principal.Kind}Policy", $"policy {name} of {principal.Title}", "", token => principal.PolicyAsync(name, token), cancellationToken);
        var present = standing is null ? Present.Unread
            : Present.Of(
                standing.Length > 0 && DenyOnly.Hash(standing) == done.After?["sha256"]?.GetValue<string>(),
                former is null ? standing.Length == 0 : DenyOnly.Hash(standing) == DenyOnly.Hash(former),
                standing.Length == 0 ? $"{principal.Title} has no policy {name} any more." : $"The policy {name} of {principal.Title} is another than was put there.");
        if (former is null)
        {
            await run.UndoAsync(
                done, present, $"iam:Delete{principal.Kind}Policy", $"Delete policy {name} of {principal.Title}", token => principal.DeletePolicyAsync(name, token),
                cancellationToken);
        }
        else if (DenyOnly.Is(former))
        {
            await run.UndoAsync(
                done, present, $"iam:Put{principal.Kind}Policy", $"Put the former policy {name} back on {principal.Title}",
                token => principal.PutPolicyAsync(name, former, token), cancellationToken);
        }
        else
        {
            run.Hold(done, $"The former policy {name} of {principal.Title} grants something, which is not put back by itself. The receipt holds it under before.document.");
        }
    }
}
