using System.Collections.Immutable;

namespace ResponseKit.Response;

/// <summary>
/// One IAM permission that a phase of an action needs. Roles and session policies are made from these.
/// </summary>
/// <param name="Action">Such as <c>iam:UpdateAccessKey</c>.</param>
/// <param name="Resource">
/// The narrowest resource pattern the API allows, with <c>{partition}</c>, <c>{account}</c> and <c>{region}</c> to be filled in; <c>*</c> where
/// the API has no resource types.
/// </param>
/// <param name="Justification">Why <c>*</c>, for a call that writes; or why the permission is needed although no call shows it.</param>
public sealed record Permission(string Action, string Resource = "*", string? Justification = null)
{
    /// <summary>
    /// For <c>iam:PassRole</c>: the service that the role may be passed to, as <c>iam:PassedToService</c> names it. Roles are narrowed by it; a session
    /// policy has no room.
    /// </summary>
    public string? PassedTo { get; init; }

    /// <summary>
    /// For calls that attach, detach or set a managed policy: the ARN patterns of the only policies it may be, in the same spelling as
    /// <see cref="Resource"/>. Roles and session policies are narrowed by them.
    /// </summary>
    public ImmutableArray<string> OnlyPolicies { get; init; } = [];

    /// <summary>
    /// The condition key that <see cref="OnlyPolicies"/> narrows. Source: Service Authorization Reference, "Actions, resources, and condition keys for
    /// AWS Identity and Access Management".
    /// </summary>
    public string PolicyKey => Action.EndsWith("PermissionsBoundary", StringComparison.Ordinal) ? "iam:PermissionsBoundary" : "iam:PolicyARN";

    /// <summary>The operator that fits the key's type: one key is an ARN, the other a string.</summary>
    public string PolicyOperator => PolicyKey == "iam:PolicyARN" ? "ArnLike" : "StringLike";

    /// <summary>The policies filled in, in order.</summary>
    public ImmutableArray<string> PoliciesIn(string partition, string account, string region) =>
        [.. OnlyPolicies.Select(policy => Filled(policy, partition, account, region)).Order(StringComparer.Ordinal)];

    /// <summary>Fills the resource pattern in.</summary>
    public string ResourceIn(string partition, string account, string region) => Filled(Resource, partition, account, region);

    /// <summary>Whether both are the same permission.</summary>
    public bool Equals(Permission? other) => other is not null && Action == other.Action && Resource == other.Resource
        && Justification == other.Justification && PassedTo == other.PassedTo && OnlyPolicies.SequenceEqual(other.OnlyPolicies);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Action, Resource, Justification, PassedTo, OnlyPolicies.Length);

    private static string Filled(string pattern, string partition, string account, string region) => pattern
        .Replace("{partition}", partition, StringComparison.Ordinal)
        .Replace("{account}", account, StringComparison.Ordinal)
        .Replace("{region}", region, StringComparison.Ordinal);
}
