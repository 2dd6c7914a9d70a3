using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A change of identities that was refused, where no other detection speaks of it.</summary>
public sealed class WriteRefused : IDetection
{
    private static readonly Attempt Weight = new(Success: 0, Denied: 6);

    private static readonly string[] Alone =
    [
        "CreateGroup", "CreateInstanceProfile", "AddRoleToInstanceProfile", "CreateVirtualMFADevice", "CreateAccountAlias", "UpdateRole", "DeleteUser",
        "DeleteRole", "TagUser", "UpdateAccountPasswordPolicy",
    ];

    // Other detections speak of these where the record says what they were about, which IAM leaves out of refusals.
    private static readonly string[] Shared =
    [
        "UpdateAccessKey", "EnableMFADevice", "PutUserPermissionsBoundary", "PutRolePermissionsBoundary", "DetachUserPolicy",
        "DetachRolePolicy", "DeleteUserPolicy", "DeleteRolePolicy",
    ];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.write-refused",
        Title = "Change of identities refused",
        Category = SignalCategory.PermissionProbing,
        Techniques = [Techniques.CloudAccounts, Techniques.AccountManipulation],
        Selectors = [Selector.Writes(EventSources.Iam, [.. Alone, .. Shared])],
        Why = "The holder of a stolen key tries one after the other what would make it last; whoever set the key up knows what it may do.",
        BenignCauses = ["A deployment role that lacks a permission", "A person who looks for a permission they do not have"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        return record.Request.IsPresent && Shared.Contains(record.EventName)
            ? null
            : Weight.Finding(record, "changed", "change", $"identities by {Plain.Name(record.EventName)}")?.With("eventName", record.EventName);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        .. Alone.Concat(Shared).Select(name => DetectionExample.Match($"a refused {name}", EventSources.Iam, name, errorCode: "AccessDenied")),
        DetectionExample.Ignore("a group made", EventSources.Iam, "CreateGroup", """{"groupName":"developers"}"""),
        DetectionExample.Ignore("a key of somebody's switched on again, of which another detection speaks", EventSources.Iam, "UpdateAccessKey",
            """{"userName":"deploy","accessKeyId":"AKIAEXAMPLEEXAMPLE01","status":"Active"}""", "AccessDenied"),
        DetectionExample.Ignore("a group that exists already", EventSources.Iam, "CreateGroup", """{"groupName":"developers"}""", "EntityAlreadyExistsException"),
    ];
}
