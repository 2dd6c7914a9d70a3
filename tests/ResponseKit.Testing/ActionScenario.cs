using System.Collections.Immutable;
using ResponseKit.Aws.Accounts;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Testing;

/// <summary>A situation in which an action is tried out from plan to undo, in an account of its own.</summary>
/// <param name="Name">The situation, as a clause: "a user with two keys".</param>
/// <param name="Arrange">Makes the situation in the account and says what to act on.</param>
public sealed record ActionScenario(string Name, Func<ScenarioStage, Task<Arrangement>> Arrange)
{
    /// <summary>What applying must come to: <see cref="ReceiptStatus.AlreadyInPlace"/> where there is nothing to do.</summary>
    public ReceiptStatus Outcome { get; init; } = ReceiptStatus.Applied;

    /// <summary>
    /// Whether undoing restores the whole state. False only for an action that is declared irreversible; undoing must then say what it cannot
    /// put back.
    /// </summary>
    public bool RevertRestores { get; init; } = true;
}

/// <summary>Where a scenario happens.</summary>
/// <param name="Account">A fresh account.</param>
/// <param name="Region">The region acted in.</param>
public sealed record ScenarioStage(TestAccount Account, string Region)
{
    /// <summary>Clients that may do everything in the account.</summary>
    public AwsClients Admin => Account.Admin;

    /// <summary>A resource in the account and region.</summary>
    public ResourceRef Resource(ResourceKind kind, string name) => Account.Resource(kind, name, Region);
}

/// <summary>What a scenario has made ready.</summary>
/// <param name="Targets">What to act on.</param>
public sealed record Arrangement(params ImmutableArray<ResourceRef> Targets)
{
    /// <summary>The request's options.</summary>
    public ImmutableSortedDictionary<string, string> Options { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What the policy file says is held as evidence.</summary>
    public GuardSettings Guards { get; init; } = new();

    /// <summary>
    /// Reads all state that the action may touch, as text made with <see cref="StateText.Of"/>. Leave out what can never be the same again,
    /// such as times.
    /// </summary>
    public required Func<Task<string>> Snapshot { get; init; }

    /// <summary>Looks, once applied, whether the world is as the action promises: ask AWS, not the receipt.</summary>
    public Func<Task> AfterApply { get; init; } = () => Task.CompletedTask;

    /// <summary>Looks, once undone, at more than the snapshot shows.</summary>
    public Func<Task> AfterRevert { get; init; } = () => Task.CompletedTask;
}
