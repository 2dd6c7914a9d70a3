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

    /// <summary>Fills the resource pattern in.</summary>
    public string ResourceIn(string partition, string account, string region) => Resource
        .Replace("{partition}", partition, StringComparison.Ordinal)
        .Replace("{account}", account, StringComparison.Ordinal)
        .Replace("{region}", region, StringComparison.Ordinal);
}
