using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A policy document written that makes an administrator of whoever it is for.</summary>
public sealed class AdminPolicyWritten : IDetection
{
    private static readonly Attempt OnIdentity = new(Success: 30, Denied: 12, Failed: 5);
    private static readonly Attempt OnSelf = new(Success: 40, Denied: 15, Failed: 8);
    private static readonly Attempt Alone = new(Success: 20, Denied: 8, Failed: 4);
    private static readonly Attempt Unrecorded = new(Success: 0, Denied: 8);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.admin-policy-written",
        Title = "Policy written that grants administration",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudRoles],
        Selectors =
        [
            Selector.Writes(EventSources.Iam, "PutUserPolicy", "PutRolePolicy", "PutGroupPolicy", "CreatePolicy", "CreatePolicyVersion"),
        ],
        Why = "An inline or new policy gives every right without naming AdministratorAccess, which simple alarms look for.",
        BenignCauses = ["Infrastructure as code making a deployment or break-glass role", "An administrator in an account that is being set up"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var document = record.Request["policyDocument"];
        if (!document.IsPresent)
            return Unrecorded.Finding(record, "wrote", "write", "a policy of an IAM identity");
        if (PolicyDocument.Parse(document) is not { GrantsAdministration: true })
            return null;

        var name = record.Request["policyName"].Text ?? record.Request["policyArn"].Text;
        if (record.EventName is "CreatePolicy" or "CreatePolicyVersion")
            return Alone.Finding(record, "wrote", "write", $"the administrative managed policy {Plain.Name(name)}")?.With("policy", name);

        var target = IamTarget.Of(record);
        return (target.IsCaller ? OnSelf : OnIdentity)
            .Finding(record, "wrote", "write", $"the administrative inline policy {Plain.Name(name)} of {target}")
            ?.Doing(record, target.IsCaller ? DamageKind.BackDoor : null)
            .With("policy", name)
            .With(target.Kind + "Name", target.Name);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("everything allowed to a user", EventSources.Iam, "PutUserPolicy",
            """
            {"userName":"deploy","policyName":"p","policyDocument":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",
            \"Action\":\"*\",\"Resource\":\"*\"}]}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Match("every right over identities to the caller", EventSources.Iam, "PutUserPolicy",
            """
            {"userName":"ci-bot","policyName":"p","policyDocument":"{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[\"iam:*\"],
            \"Resource\":[\"*\"]}}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Match("everything but one service to a role, URL-encoded", EventSources.Iam, "PutRolePolicy",
            """
            {"roleName":"worker","policyName":"p","policyDocument":"%7B%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%22NotAction%22%3A%22
            aws-portal%3A%2A%22%2C%22Resource%22%3A%22%2A%22%7D%5D%7D"}
            """.ReplaceLineEndings("")),
        DetectionExample.Match("a group", EventSources.Iam, "PutGroupPolicy",
            """{"groupName":"helpdesk","policyName":"p","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*:*\",\"Resource\":\"*\"}]}"}"""),
        DetectionExample.Match("a new managed policy", EventSources.Iam, "CreatePolicy",
            """{"policyName":"p","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}"""),
        DetectionExample.Match("a new version of a managed policy", EventSources.Iam, "CreatePolicyVersion",
            """
            {"policyArn":"arn:aws:iam::111122223333:policy/p","setAsDefault":true,
            "policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}
            """),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "PutUserPolicy", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a narrow policy", EventSources.Iam, "PutRolePolicy",
            """
            {"roleName":"worker","policyName":"p","policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\"],
            \"Resource\":\"arn:aws:s3:::example/*\"}]}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Ignore("a policy that forbids everything", EventSources.Iam, "PutUserPolicy",
            """{"userName":"deploy","policyName":"p","policyDocument":"{\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}"}"""),
        DetectionExample.Ignore("text that is no policy", EventSources.Iam, "PutUserPolicy",
            """{"userName":"deploy","policyName":"p","policyDocument":"%7B"}""", "MalformedPolicyDocumentException"),
    ];
}
