using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Amazon.Lambda.Model;
using ResponseKit.Aws.Execution;
using ResponseKit.Response;
using ResponseKit.Response.Execution;

namespace ResponseKit.Aws.Actions.Lambda;

/// <summary>
/// The statements by which anyone may call the function, on the function itself and on every alias and version. They outlive a URL that is
/// deleted. Lambda Developer Guide, "Control access to Lambda function URLs".
/// </summary>
internal sealed class PublicStatements(ActionRun run) : FunctionPart(run)
{
    // Reading policies is allowed 15 times a second in an account and region. Lambda Developer Guide, "Lambda quotas".
    private const int PoliciesAtOnce = 4;

    public override string Kind => "statement";

    public override async Task<IReadOnlyList<Wanted>> AllAsync(CancellationToken cancellationToken)
    {
        var qualifiers = await Qualifiers.OfFunctionAsync(Run, Lambda, cancellationToken);
        var found = new ConcurrentDictionary<string, IReadOnlyList<Wanted>>(StringComparer.Ordinal);
        await ActionRun.ForEachAsync(
            qualifiers, PoliciesAtOnce, async (qualifier, token) => found[qualifier] = await OfQualifierAsync(qualifier, token), cancellationToken);
        return [.. qualifiers.SelectMany(qualifier => found[qualifier])];
    }

    public override async Task UndoAsync(StepReceipt done, CancellationToken cancellationToken)
    {
        if (done.Before?["statement"] is not JsonObject statement || PolicyStatement.ToRequest(statement) is not { } request)
        {
            Run.LeaveAsIs(done, "AddPermission cannot express this statement; the receipt holds it under before.statement.");
            return;
        }

        var qualifier = done.Before["qualifier"]!.GetValue<string>();
        request.FunctionName = Name;
        request.Qualifier = Qualifiers.ForRequest(qualifier);
        var policy = await PolicyAsync(qualifier, cancellationToken);
        var there = PolicyStatement.AllIn(policy?.Policy).FirstOrDefault(one => PolicyStatement.IdOf(one) == request.StatementId);
        var present = policy is null ? Present.Unread
            : Present.Of(
                there is null, there is not null && JsonNode.DeepEquals(there, statement),
                $"Function {Name} ({qualifier}) has another statement {request.StatementId} by now.");
        await Run.UndoAsync(
            done, present, "lambda:AddPermission", $"Add statement {request.StatementId} to function {Name} ({qualifier}) again",
            async token => await Lambda.AddPermissionAsync(request, token), cancellationToken);
    }

    private async Task<IReadOnlyList<Wanted>> OfQualifierAsync(string qualifier, CancellationToken cancellationToken)
    {
        var policy = await PolicyAsync(qualifier, cancellationToken);
        return [.. PolicyStatement.AllIn(policy?.Policy).Where(PolicyStatement.IsPublic).Select(statement => Removed(qualifier, statement))];
    }

    private Task<GetPolicyResponse?> PolicyAsync(string qualifier, CancellationToken cancellationToken) => Run.ReadAsync(
        "lambda:GetPolicy", $"policy of function {Name} ({qualifier})", new GetPolicyResponse(),
        token => Lambda.GetPolicyAsync(new GetPolicyRequest { FunctionName = Name, Qualifier = Qualifiers.ForRequest(qualifier) }, token), cancellationToken);

    private Wanted Removed(string qualifier, JsonObject statement)
    {
        var id = PolicyStatement.IdOf(statement);
        var step = new Step(
            $"{Kind}/{qualifier}/{id}", "lambda:RemovePermission", $"statement {id} of function {Name} ({qualifier})",
            $"Remove the public statement {id} of function {Name} ({qualifier})")
        {
            Before = new JsonObject { ["qualifier"] = qualifier, ["statement"] = statement.DeepClone() },
            MeansInPlace = ["ResourceNotFoundException"],
        };
        var request = new RemovePermissionRequest { FunctionName = Name, StatementId = id, Qualifier = Qualifiers.ForRequest(qualifier) };
        return new Wanted(
            step, IsInPlace: false, "Anyone may call the function by it.", async token => await Lambda.RemovePermissionAsync(request, token));
    }
}
