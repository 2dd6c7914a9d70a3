using System.Collections.Immutable;
using ResponseKit.Records;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Response;

/// <summary>Reads what a request acts on: ARNs or bare names of one kind, in the request's account and region.</summary>
internal sealed class TargetReader(ActionDescriptor action, string? account, string? region, ImmutableArray<FieldError>.Builder errors)
{
    private readonly ResourceKind kind = action.Target;

    public ImmutableArray<ResourceRef> Read(Field target)
    {
        if (target.Text is { } text)
            return Resource("target", text) is { } one ? [one] : [];
        if (!target.IsPresent)
            Error("target", "It is missing.");
        else if (!target.IsArray)
            Error("target", $"It is {ActionRequestReader.Kind(target)}, not text.");
        else
            return Several(target);
        return [];
    }

    private ImmutableArray<ResourceRef> Several(Field target)
    {
        var items = target.Items.Take(action.MaxTargets + 1).ToList();
        if (items.Count == 0)
            Error("target", "The list is empty.");
        if (items.Count > action.MaxTargets)
            Error("target", $"There are more than {action.MaxTargets}.");
        var found = ImmutableArray.CreateBuilder<ResourceRef>();
        var seen = new HashSet<ResourceRef>();
        foreach (var (at, item) in items.Take(action.MaxTargets).Index())
        {
            if (item.Text is not { } text)
                Error($"target[{at}]", item.IsPresent ? $"It is {ActionRequestReader.Kind(item)}, not text." : "It is null.");
            else if (Resource($"target[{at}]", text) is { } resource && seen.Add(resource))
                found.Add(resource);
            if (errors.Count >= 20)
                break;
        }

        return found.ToImmutable();
    }

    private ResourceRef? Resource(string field, string text)
    {
        if (account is null || region is null)
            return null;
        var resource = ResourceRef.Parse(kind, text, account, region);
        if (resource is null)
            Error(field, $"'{Printable.Of(text, 120)}' is no {kind.Id}.");
        else if (resource.Account != account)
            Error(field, $"It is in account '{Printable.Of(resource.Account)}', and the field account says {account}.");
        else if (resource.Partition != Arn.PartitionOf(region))
            Error(field, $"It is in the partition '{Printable.Of(resource.Partition)}', and the field region says {region}.");
        else if (!kind.IsGlobal && resource.Region != region)
            Error(field, $"It is in '{Printable.Of(resource.Region)}', and the field region says {region}.");
        else
            return resource;
        return null;
    }

    private void Error(string field, string problem)
    {
        var example = $"arn:aws:{kind.Service}:{(kind.IsGlobal ? "" : "us-east-1")}:111122223333:{kind.Prefix}…";
        var many = action.MaxTargets > 1 ? $", or a list of up to {action.MaxTargets} of these" : "";
        errors.Add(new(field, problem, $"the name or ARN of one {kind.Id}, such as {example}{many}"));
    }
}
