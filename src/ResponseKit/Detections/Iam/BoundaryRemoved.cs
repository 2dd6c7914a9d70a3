using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A permissions boundary taken away, or replaced by one that bounds nothing.</summary>
public sealed class BoundaryRemoved : IDetection
{
    private const int Weight = 15;
    private const int SelfWeight = 30;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.boundary-removed",
        Title = "Permissions boundary removed or made boundless",
        Category = SignalCategory.Obstruction,
        Techniques = [Techniques.AdditionalCloudRoles, Techniques.DisableTools],
        Selectors =
        [
            Selector.Writes(
                EventSources.Iam, "DeleteUserPermissionsBoundary", "DeleteRolePermissionsBoundary", "PutUserPermissionsBoundary", "PutRolePermissionsBoundary"),
        ],
        Why = "A boundary is what keeps the identities that somebody may create below his own rights, and one of the ways in which responders hold an identity down.",
        BenignCauses = ["A boundary rolled out anew by infrastructure as code", "A responder lifting a containment"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var isPut = record.EventName.StartsWith("Put", StringComparison.Ordinal);
        var boundary = record.Request["permissionsBoundary"].Text;
        if (isPut && !ManagedPolicies.IsAdministrative(boundary))
            return null;
        var target = IamTarget.Of(record);
        var (did, todo) = isPut ? ("changed", "change") : ("removed", "remove");
        var how = isPut ? $" to {ManagedPolicies.Name(boundary)}" : "";
        return Attempt.Third(target.IsCaller ? SelfWeight : Weight).Finding(record, did, todo, $"the permissions boundary of {target}{how}")
            ?.Doing(record, target.IsCaller ? DamageKind.BackDoor : null)
            .With(target.Kind + "Name", target.Name)
            .With("permissionsBoundary", boundary);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("the caller's own boundary removed", EventSources.Iam, "DeleteUserPermissionsBoundary", """{"userName":"ci-bot"}"""),
        DetectionExample.Match("a role's boundary removed", EventSources.Iam, "DeleteRolePermissionsBoundary", """{"roleName":"worker"}"""),
        DetectionExample.Match("a user's boundary made boundless", EventSources.Iam, "PutUserPermissionsBoundary",
            """{"userName":"deploy","permissionsBoundary":"arn:aws:iam::aws:policy/AdministratorAccess"}"""),
        DetectionExample.Match("a role's boundary made boundless", EventSources.Iam, "PutRolePermissionsBoundary",
            """{"roleName":"worker","permissionsBoundary":"arn:aws:iam::aws:policy/PowerUserAccess"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "DeleteRolePermissionsBoundary", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a boundary of the company's own", EventSources.Iam, "PutRolePermissionsBoundary",
            """{"roleName":"worker","permissionsBoundary":"arn:aws:iam::111122223333:policy/developers"}"""),
        DetectionExample.Ignore("a refused attempt, of which nothing is known", EventSources.Iam, "PutUserPermissionsBoundary", errorCode: "AccessDenied"),
    ];
}
