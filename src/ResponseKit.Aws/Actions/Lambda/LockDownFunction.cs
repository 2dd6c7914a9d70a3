using ResponseKit.Aws.Execution;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Actions.Lambda;

/// <summary>
/// Stops a Lambda function and shuts every way to it that is open to anyone. The function's code, versions and role stay as they are: they are
/// evidence.
/// </summary>
public sealed class LockDownFunction : IResponseAction
{
    private const string AnyFunction = "arn:{partition}:lambda:{region}:{account}:function:*";

    private static readonly Permission UpdateMapping =
        new("lambda:UpdateEventSourceMapping", "arn:{partition}:lambda:{region}:{account}:event-source-mapping:*");

    private static readonly Permission[] Reads =
    [
        .. OnFunctions(
            "lambda:GetFunctionConcurrency", "lambda:ListFunctionUrlConfigs", "lambda:ListAliases", "lambda:ListVersionsByFunction",
            "lambda:GetPolicy"),
        new("lambda:ListEventSourceMappings"),
    ];

    /// <inheritdoc/>
    public ActionDescriptor Descriptor { get; } = new()
    {
        Id = "lambda.lock-down-function",
        Title = "Lock down a Lambda function",
        Summary = "Sets the function's reserved concurrency to zero, which stops every call at once; then deletes its URLs, removes every public "
            + "statement from its policies (of each alias and version too) and disables its event source mappings. Code and other permissions stay.",
        Target = ResourceKind.LambdaFunction,
        Stage = ResponseStage.StopSpend,
        Triggers = [ActionTrigger.Created(ResourceKind.LambdaFunction), ActionTrigger.Altered(ResourceKind.LambdaFunction)],
        BlastRadius = "The function does not run for anybody until it is reverted; events for it wait, are retried, or go to its dead-letter queue. "
            + "A function URL that is made again after a revert has a new address.",
        Reversibility = new Reversibility.Reversible(),
        Permissions = new ActionPermissions(
            Plan: [.. Reads],
            Apply:
            [
                .. Reads, .. OnFunctions("lambda:PutFunctionConcurrency", "lambda:DeleteFunctionUrlConfig", "lambda:RemovePermission"), UpdateMapping,
            ],
            Revert:
            [
                new("lambda:ListEventSourceMappings"),
                .. OnFunctions(
                    "lambda:GetFunctionConcurrency", "lambda:ListFunctionUrlConfigs", "lambda:GetPolicy", "lambda:PutFunctionConcurrency", "lambda:DeleteFunctionConcurrency", "lambda:CreateFunctionUrlConfig", "lambda:AddPermission"),
                UpdateMapping,
            ]),
    };

    /// <inheritdoc/>
    public Task ApplyAsync(ActionRun run, CancellationToken cancellationToken) =>
        ForEachPartAsync(run, wanted => run.BringAboutAsync(wanted, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task VerifyAsync(ActionRun run, CancellationToken cancellationToken) => ForEachPartAsync(
        run,
        wanted =>
        {
            run.Check(wanted);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <inheritdoc/>
    public async Task RevertAsync(ActionRun run, ActionReceipt receipt, CancellationToken cancellationToken)
    {
        var parts = Parts(run).ToDictionary(part => part.Kind, StringComparer.Ordinal);
        foreach (var done in receipt.Changes())
        {
            if (parts.GetValueOrDefault(done.Kind()) is { } part)
                await part.UndoAsync(done, cancellationToken);
            else
                run.LeaveAsIs(done, "This action makes no such change.");
        }
    }

    // The stop comes first, before anything else is even read.
    private static FunctionPart[] Parts(ActionRun run) =>
        [new ReservedConcurrency(run), new FunctionUrls(run), new PublicStatements(run), new EventSources(run)];

    private static async Task ForEachPartAsync(ActionRun run, Func<IReadOnlyList<Wanted>, Task> body, CancellationToken cancellationToken)
    {
        foreach (var part in Parts(run))
        {
            var wanted = await part.AllAsync(cancellationToken);
            await body(wanted);
            if (part is ReservedConcurrency { IsGone: true })
                return;
        }
    }

    private static IEnumerable<Permission> OnFunctions(params string[] actions) => actions.Select(action => new Permission(action, AnyFunction));
}
