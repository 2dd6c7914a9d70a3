using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A credential of a user's that is no access key: for one service, for Git, or a certificate.</summary>
public sealed class ServiceCredentialCreated : IDetection
{
    private static readonly Attempt ForSelf = new(Success: 12, Denied: 4);
    private static readonly Attempt ForOther = new(Success: 18, Denied: 4);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.service-credential-created",
        Title = "Credential other than an access key added to a user",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.AdditionalCloudCredentials],
        Selectors = [Selector.Writes(EventSources.Iam, "CreateServiceSpecificCredential", "UploadSSHPublicKey", "UploadSigningCertificate")],
        Why = "These are forgotten when keys and passwords are taken away. One for Bedrock or a repository is worth money in itself.",
        BenignCauses = ["Somebody using CodeCommit by HTTPS or SSH", "An API key for Bedrock or Keyspaces", "A console wizard that makes such a key"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var target = IamTarget.Of(record);
        var service = record.Request["serviceName"].Text;
        var (did, todo, what) = record.EventName switch
        {
            "UploadSSHPublicKey" => ("added", "add", "an SSH key"),
            "UploadSigningCertificate" => ("added", "add", "a signing certificate"),
            _ => ("created", "create", service is null ? "a credential for one service" : $"a credential for {Plain.Name(service)}"),
        };
        // A call without a name is for the caller.
        return (target.Name is null || target.IsCaller ? ForSelf : ForOther).Finding(record, did, todo, $"{what} for {target}")
            ?.With("userName", target.Name)
            .With("serviceName", service)
            .With("credentialId", record.Response["serviceSpecificCredential"]["serviceSpecificCredentialId"].Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a key for Bedrock", EventSources.Iam, "CreateServiceSpecificCredential",
            """{"userName":"deploy","serviceName":"bedrock.amazonaws.com"}""",
            response: """{"serviceSpecificCredential":{"serviceSpecificCredentialId":"ACCAEXAMPLEEXAMPLE00","status":"Active"}}"""),
        DetectionExample.Match("an SSH key", EventSources.Iam, "UploadSSHPublicKey", """{"userName":"deploy","sSHPublicKeyBody":"ssh-rsa AAAA"}"""),
        DetectionExample.Match("a certificate", EventSources.Iam, "UploadSigningCertificate", """{"userName":"deploy","certificateBody":"x"}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "CreateServiceSpecificCredential", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a third one, which IAM does not allow", EventSources.Iam, "CreateServiceSpecificCredential",
            """{"userName":"deploy","serviceName":"codecommit.amazonaws.com"}""", "LimitExceededException"),
    ];
}
