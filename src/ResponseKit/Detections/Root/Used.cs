using System.Collections.Immutable;
using ResponseKit.Actors;
using ResponseKit.Records;

namespace ResponseKit.Detections.Root;

/// <summary>Anything changed by the root user, whom no policy binds and hardly any task needs.</summary>
public sealed class Used : IDetection
{
    private const int Weight = 8;

    private static readonly string[] Reads = ["Get", "List", "Describe", "Head", "Lookup", "Search", "BatchGet"];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "root.used",
        Title = "Change made by the root user",
        Category = SignalCategory.Novelty,
        Techniques = [Techniques.CloudAccounts],
        Selectors = [Selector.ByIdentity("Root")],
        Why = "Nothing restrains the root user. Whoever has its password or key has the account, and responders cannot take it away by a policy.",
        BenignCauses =
        [
            "One of the few tasks that only the root user can do: closing the account, changing its address, restoring a locked bucket",
            "An account's first days",
        ],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        // Signing in is another detection's. A service that acts for the account is recorded as its root user, too.
        if (record.Actor is not Actor.Root || !record.Outcome.TookEffect || IsRead(record) || record.EventSource == EventSources.SignIn
            || record.Identity["invokedBy"].IsPresent || record.Root["eventType"].Text == "AwsServiceEvent")
        {
            return null;
        }

        return new Finding(Weight, $"called {record.EventName} of {record.EventSource} as the root user")
            .With("eventName", record.EventName)
            .With("accessKeyId", record.AccessKeyId);
    }

    private static bool IsRead(CloudTrailRecord record) =>
        record.ReadOnly ?? Array.Exists(Reads, start => record.EventName.StartsWith(start, StringComparison.Ordinal));

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a bucket made by the root user", EventSources.S3, "CreateBucket", """{"bucketName":"example"}""") with
        {
            Identity = DetectionExample.RootUser,
        },
        DetectionExample.Match("a user made by the root user", EventSources.Iam, "CreateUser", """{"userName":"deploy"}""") with
        {
            Identity = DetectionExample.RootUser,
        },
        DetectionExample.Ignore("the root user looking", EventSources.Ec2, "DescribeInstances") with { Identity = DetectionExample.RootUser, IsRead = true },
        DetectionExample.Ignore("a change that was refused, as by a service control policy", EventSources.S3, "CreateBucket", errorCode: "AccessDenied") with
        {
            Identity = DetectionExample.RootUser,
        },
        DetectionExample.Ignore("the root user signing in", EventSources.SignIn, "ConsoleLogin", response: """{"ConsoleLogin":"Success"}""") with
        {
            Identity = DetectionExample.RootUser,
        },
        DetectionExample.Ignore("a service that acts for the account", EventSources.Kms, "RetireGrant") with
        {
            Identity = """{"type":"Root","accountId":"111122223333","arn":"arn:aws:iam::111122223333:root","invokedBy":"rds.amazonaws.com"}""",
        },
    ];
}
