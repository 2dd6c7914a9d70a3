using System.Collections.Immutable;
using ResponseKit.Aws.Actions;
using ResponseKit.Response.Running;

namespace ResponseKit.Functions;

/// <summary>Invokes the very handlers that run as functions, within this process.</summary>
/// <param name="services">What they work with.</param>
/// <param name="time">How long each invocation may take; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it needs.</param>
public sealed class InProcessInvoker(FunctionServices services, TimeSpan time) : IActionInvoker
{
    private readonly ImmutableDictionary<string, ActionFunction> functions =
        ActionCatalogue.All.ToImmutableDictionary(action => action.Descriptor.Id, action => new ActionFunction(action, services) { IsAskedByUs = true }, StringComparer.Ordinal);

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> InvokeAsync(string actionId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        functions.TryGetValue(actionId, out var function)
            ? await function.HandleAsync(payload, time, cancellationToken)
            : throw new ArgumentException($"There is no action '{actionId}'.", nameof(actionId));
}
