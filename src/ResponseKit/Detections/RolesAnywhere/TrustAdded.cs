using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.RolesAnywhere;

/// <summary>A certificate authority outside AWS whose certificates open roles.</summary>
public sealed class TrustAdded : IDetection
{
    private const int AuthorityWeight = 30;
    private const int OwnAuthorityWeight = 15;
    private const int ProfileWeight = 20;

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "rolesanywhere.trust-added",
        Title = "Roles opened to holders of certificates",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.TrustModification, Techniques.AdditionalCloudCredentials],
        Selectors = [Selector.Writes(EventSources.RolesAnywhere, "CreateTrustAnchor", "CreateProfile")],
        Why = "With a certificate authority of his own an intruder makes himself credentials for years, which no list of keys or users shows.",
        BenignCauses = ["Servers outside AWS being given roles instead of keys, a project that is known beforehand"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var name = record.Request["name"].Text;
        var isAnchor = record.EventName == "CreateTrustAnchor";
        var weight = !isAnchor ? ProfileWeight
            : record.Request["source"]["sourceType"].Text == "AWS_ACM_PCA" ? OwnAuthorityWeight
            : AuthorityWeight;
        var what = isAnchor ? "the trust anchor" : "the profile";
        return new Attempt(weight, Denied: weight / 3).Finding(record, "created", "create", $"{what} {Plain.Name(name)} of IAM Roles Anywhere")
            ?.Doing(record, weight == AuthorityWeight ? DamageKind.BackDoor : null)
            .With("name", name)
            .With("roleArn", record.Request["roleArns"].Items.FirstOrDefault().Text);
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("an authority that AWS does not run", EventSources.RolesAnywhere, "CreateTrustAnchor",
            """{"enabled":true,"name":"anchor","source":{"sourceType":"CERTIFICATE_BUNDLE","sourceData":{"x509CertificateData":"-----BEGIN CERTIFICATE-----"}}}"""),
        DetectionExample.Match("an authority that AWS runs", EventSources.RolesAnywhere, "CreateTrustAnchor",
            """{"enabled":true,"name":"anchor","source":{"sourceType":"AWS_ACM_PCA","sourceData":{"acmPcaArn":"arn:aws:acm-pca:us-east-1:111122223333:x"}}}"""),
        DetectionExample.Match("roles for certificates", EventSources.RolesAnywhere, "CreateProfile",
            """{"enabled":true,"name":"profile","durationSeconds":3600,"roleArns":["arn:aws:iam::111122223333:role/deploy"]}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.RolesAnywhere, "CreateTrustAnchor", errorCode: "AccessDeniedException"),
        DetectionExample.Ignore("a certificate that cannot be read", EventSources.RolesAnywhere, "CreateTrustAnchor", """{"name":"anchor"}""", "ValidationException"),
    ];
}
