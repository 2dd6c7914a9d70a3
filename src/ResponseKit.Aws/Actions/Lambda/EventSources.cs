using System.Text.Json.Nodes;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Lambda;

/// <summary>
/// The queues and streams that feed the function. Lambda Developer Guide, "How Lambda processes records from stream and queue-based event sources".
/// </summary>
internal sealed class EventSources(ActionRun run) : FunctionPart(run)
{
    // A mapping that is being made or changed takes no new setting for some seconds.
    private static readonly string[] Passing = ["ResourceInUseException", "ResourceConflictException"];

    public override string Kind => "event-source";

    // All mappings of the region are read: asked for one function, Lambda leaves out the mappings of its aliases.
    public override async Task<IReadOnlyList<Wanted>> AllAsync(CancellationToken cancellationToken)
    {
        var mappings = await MappingsAsync(cancellationToken);
        return [.. (mappings ?? []).Where(IsOfFunction).Select(Disabled)];
    }

    public override async Task UndoAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        var mappings = await MappingsAsync(cancellationToken);
        var mapping = mappings?.FirstOrDefault(one => one.UUID == done.Id());
        var present = mappings is null ? Present.Unread
            : Present.Of(
                mapping is not null && IsOfFunction(mapping) && mapping.State is "Disabled" or "Disabling",
                mapping is null || mapping.State is "Enabled" or "Enabling" or "Deleting",
                $"Event source mapping {done.Id()} is {mapping?.State} and belongs to {mapping?.FunctionArn}.");
        await Run.UndoAsync(
            done, present, "lambda:UpdateEventSourceMapping", $"Enable event source mapping {done.Id()} of function {Name} again",
            token => EnableAsync(done.Id(), enabled: true, token), cancellationToken);
    }

    private async Task<IReadOnlyList<EventSourceMappingConfiguration>?> MappingsAsync(CancellationToken cancellationToken) => await Run.ReadAsync(
        "lambda:ListEventSourceMappings", $"event source mappings of function {Name}", [],
        token => Lambda.Paginators.ListEventSourceMappings(new ListEventSourceMappingsRequest()).EventSourceMappings.AllAsync(token), cancellationToken);

    private Wanted Disabled(EventSourceMappingConfiguration mapping)
    {
        var isDisabled = mapping.State is "Disabled" or "Disabling" or "Deleting";
        var step = new Step(
            $"{Kind}/{mapping.UUID}", "lambda:UpdateEventSourceMapping", $"event source mapping {mapping.UUID} of function {Name}",
            $"Disable event source mapping {mapping.UUID} of function {Name} ({mapping.EventSourceArn})")
        {
            Before = new JsonObject { ["state"] = mapping.State },
            MeansInPlace = ["ResourceNotFoundException"],
        };
        return new Wanted(
            step, isDisabled, $"It is {mapping.State} and feeds the function from {mapping.EventSourceArn}.",
            token => EnableAsync(mapping.UUID, enabled: false, token));
    }

    private bool IsOfFunction(EventSourceMappingConfiguration mapping) =>
        ResourceRef.Parse(ResourceKind.LambdaFunction, mapping.FunctionArn ?? "", Run.Request.Account, Run.Region)?.Name == Name;

    private async Task<AmazonWebServiceResponse> EnableAsync(string id, bool enabled, CancellationToken cancellationToken) => await Run.WhileAsync(
        Passing, token => Lambda.UpdateEventSourceMappingAsync(new UpdateEventSourceMappingRequest { UUID = id, Enabled = enabled }, token),
        cancellationToken);
}
