using System.Text.Json.Nodes;
using Amazon.Lambda.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Lambda;

/// <summary>
/// Concurrency that is kept ready for aliases and versions. It is paid for by the hour, and while there is any the reserved concurrency cannot be zero.
/// Lambda Developer Guide, "Configuring provisioned concurrency for a function".
/// </summary>
internal sealed class ProvisionedConcurrency(ActionRun run) : FunctionPart(run)
{
    public override string Kind => "provisioned";

    public override async Task<IReadOnlyList<Wanted>> AllAsync(CancellationToken cancellationToken) => [.. (await ConfigsAsync(cancellationToken) ?? []).Select(Gone)];

    public override async Task UndoAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        var former = done.Before?["requested"]?.GetValue<int>() ?? 0;
        var configs = await ConfigsAsync(cancellationToken);
        var now = configs?.FirstOrDefault(one => Qualifiers.OfArn(one.FunctionArn) == done.Id());
        var present = configs is null ? Present.Unread
            : Present.Of(
                now is null, now?.RequestedProvisionedConcurrentExecutions == former,
                $"Function {Name} ({done.Id()}) has a provisioned concurrency of {now?.RequestedProvisionedConcurrentExecutions} by now.");
        var request = new PutProvisionedConcurrencyConfigRequest { FunctionName = Name, Qualifier = done.Id(), ProvisionedConcurrentExecutions = former };
        await Run.UndoAsync(
            done, present, "lambda:PutProvisionedConcurrencyConfig", $"Set the provisioned concurrency of function {Name} ({done.Id()}) back to {former}",
            async token => await Lambda.PutProvisionedConcurrencyConfigAsync(request, token), cancellationToken);
    }

    private async Task<IReadOnlyList<ProvisionedConcurrencyConfigListItem>?> ConfigsAsync(CancellationToken cancellationToken)
    {
        var request = new ListProvisionedConcurrencyConfigsRequest { FunctionName = Name };
        return await Run.ReadAsync(
            "lambda:ListProvisionedConcurrencyConfigs", $"provisioned concurrency of function {Name}", [],
            token => Lambda.Paginators.ListProvisionedConcurrencyConfigs(request).ProvisionedConcurrencyConfigs.AllAsync(token), cancellationToken);
    }

    private Wanted Gone(ProvisionedConcurrencyConfigListItem config)
    {
        var qualifier = Qualifiers.OfArn(config.FunctionArn);
        var step = new Step(
            $"{Kind}/{qualifier}", "lambda:DeleteProvisionedConcurrencyConfig", $"provisioned concurrency of function {Name} ({qualifier})",
            $"Delete the provisioned concurrency of {config.RequestedProvisionedConcurrentExecutions} of function {Name} ({qualifier})")
        {
            Before = new JsonObject { ["requested"] = config.RequestedProvisionedConcurrentExecutions, ["status"] = config.Status?.Value },
            MeansInPlace = ["ResourceNotFoundException", "ProvisionedConcurrencyConfigNotFoundException"],
        };
        var request = new DeleteProvisionedConcurrencyConfigRequest { FunctionName = Name, Qualifier = qualifier };
        return new Wanted(
            step, IsInPlace: false, $"{config.RequestedProvisionedConcurrentExecutions} executions are kept ready for {qualifier}.",
            async token => await Lambda.DeleteProvisionedConcurrencyConfigAsync(request, token));
    }
}
