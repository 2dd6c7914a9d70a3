using ResponseKit.Records;

namespace ResponseKit.Detections;

/// <summary>Calls that a service makes in a user's name, with a forward access session.</summary>
internal static class Delegation
{
    /// <summary>
    /// Whether an AWS service made the call on behalf of the identity that the record names. AWS writes <c>invokedBy</c>, not the caller
    /// (CloudTrail User Guide, "CloudTrail userIdentity element").
    /// </summary>
    public static bool IsByService(CloudTrailRecord record) => record.Identity["invokedBy"].Text is { Length: > 0 };
}
