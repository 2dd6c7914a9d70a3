using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>The identity that an IAM call is about.</summary>
/// <param name="Kind">user, role or group.</param>
/// <param name="Name">Its name; null where the record does not say.</param>
/// <param name="IsCaller">Whether it is the caller: what somebody does to oneself weighs more.</param>
internal sealed record IamTarget(string Kind, string? Name, bool IsCaller)
{
    /// <summary>Reads it from the request. A call without a name is about the calling user, for those operations that allow it.</summary>
    public static IamTarget Of(CloudTrailRecord record)
    {
        if (record.Request["roleName"].Text is { } role)
            return new("role", role, record.Actor is Actor.Role caller && Same(caller.Name, role));
        if (record.Request["groupName"].Text is { } group)
            return new("group", group, IsCaller: false);
        var user = record.Request["userName"].Text;
        return new("user", user, record.Actor is Actor.User self && user is not null && Same(self.Name, user));
    }

    /// <summary>The identity for a sentence.</summary>
    public override string ToString() => (Name, IsCaller) switch
    {
        (null, true) => "the caller itself",
        (null, false) => $"an IAM {Kind}",
        (_, true) => $"the IAM {Kind} {Plain.Name(Name)} (the caller itself)",
        _ => $"the IAM {Kind} {Plain.Name(Name)}",
    };

    // Names are unique in an account regardless of case: IAM User Guide, "IAM and AWS STS quotas".
    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
