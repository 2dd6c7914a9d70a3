using Amazon.IdentityManagement;

namespace ResponseKit.Aws.Actions.Iam;

/// <summary>One credential of a user, as IAM lists it.</summary>
/// <param name="Id">Its id; not a secret.</param>
/// <param name="Status">Active, Inactive, or Expired.</param>
/// <param name="Made">When it was made or uploaded; null where IAM does not say.</param>
internal sealed record Credential(string Id, StatusType Status, DateTimeOffset? Made);
