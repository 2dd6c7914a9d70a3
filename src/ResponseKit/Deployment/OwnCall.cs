using ResponseKit.Records;

namespace ResponseKit.Deployment;

/// <summary>What a call on one of ResponseKit's own parts means when it took effect and its caller is no named deployer.</summary>
public enum OwnHarm
{
    /// <summary>
    /// It breaks the way from a record to a response or to people, and nobody but a deployer has an honest reason: it decides by itself. Only where the part
    /// is known to be ours.
    /// </summary>
    Breaks,

    /// <summary>People do so on purpose now and then: they are told at once, and it is evidence.</summary>
    Weakens,

    /// <summary>Tagging, retention and the like, as jobs do in every account: no evidence. The service control policy keeps it from happening where there is one.</summary>
    Nothing,
}

/// <summary>A call by which a part is changed.</summary>
/// <param name="Operation">The operation, as CloudTrail spells it, without a version.</param>
/// <param name="Harm">What it means.</param>
public sealed record OwnCall(string Operation, OwnHarm Harm)
{
    /// <summary>The IAM action that allows it, without the service; null where it is named as the operation.</summary>
    public string? Action { get; init; }

    /// <summary>
    /// Whether no policy can deny it on our parts alone: the action has no resource types, so that a statement about it binds everything or nothing (Service
    /// Authorization Reference).
    /// </summary>
    public bool HasNoResource { get; init; }

    /// <summary>Tells by the request what it means; null where it always means the same.</summary>
    public Func<Field, OwnHarm>? ByRequest { get; init; }

    /// <summary>The IAM action, without the service.</summary>
    public string IamAction => Action ?? Operation;

    /// <summary>What a call with this request means.</summary>
    public OwnHarm HarmOf(Field request) => ByRequest?.Invoke(request) ?? Harm;
}
