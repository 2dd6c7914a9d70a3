using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.IdentityStore;

/// <summary>A new person in IAM Identity Center.</summary>
public sealed class UserCreated : IDetection
{
    private static readonly Attempt Weight = new(Success: 10, Denied: 3);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "identitystore.user-created",
        Title = "IAM Identity Center user created",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.CreateCloudAccount],
        // The console has its own service for the same directory.
        Selectors = [Selector.Writes(EventSources.IdentityStore, "CreateUser"), Selector.Writes(EventSources.SsoDirectory, "CreateUser")],
        Why = "A user of the intruder's own in the directory waits for an assignment, or comes with one through a group, and is not in any account's IAM.",
        BenignCauses = ["A new colleague, where the directory is kept by hand", "A directory that is synchronized from elsewhere (SCIM)"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // The name is hidden; the id is in the answer.
        var id = record.Response["userId"].Text ?? record.Response["user"]["userId"].Text;
        return Weight.Finding(record, "created", "create", "a user in IAM Identity Center")
            ?.With("userId", id)
            .With("identityStoreId", record.Request["identityStoreId"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a user made by the API", EventSources.IdentityStore, "CreateUser",
            """{"identityStoreId":"d-0a1b2c3d4e","userName":"HIDDEN_DUE_TO_SECURITY_REASONS"}""", response: """{"userId":"01cb45c0-c071-70a1-0a3a-e417bf7fd8ff"}"""),
        DetectionExample.Match("a user made in the console", EventSources.SsoDirectory, "CreateUser",
            """{"identityStoreId":"d-0a1b2c3d4e","passwordMode":"EMAIL","active":true}""", response: """{"user":{"userId":"01cb45c0-c071-70a1-0a3a-e417bf7fd8ff"}}"""),
        DetectionExample.Match("a refused attempt", EventSources.IdentityStore, "CreateUser", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("a user who exists already", EventSources.IdentityStore, "CreateUser", """{"identityStoreId":"d-0a1b2c3d4e"}""", "ConflictException"),
    ];
}
