using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>An identity provider trusted, or made to vouch for more.</summary>
public sealed class IdentityProviderAdded : IDetection
{
    private const int AddedWeight = 20;
    private const int WidenedWeight = 12;
    private const int ClusterWeight = 5;

    // As their own pages on AWS name them.
    private static readonly string[] Pipelines =
    [
        "token.actions.githubusercontent.com", "gitlab.com", "api.bitbucket.org", "oidc.circleci.com", "app.terraform.io", "agent.buildkite.com", "oidc.vercel.com",
        "accounts.google.com", "vstoken.dev.azure.com", "login.microsoftonline.com", "sts.windows.net", "api.pulumi.com",
    ];

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.identity-provider-added",
        Title = "Identity provider added or changed",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.TrustModification],
        Selectors =
        [
            Selector.Writes(
                EventSources.Iam, "CreateSAMLProvider", "UpdateSAMLProvider", "CreateOpenIDConnectProvider", "AddClientIDToOpenIDConnectProvider",
                "UpdateOpenIDConnectProviderThumbprint"),
        ],
        Why = "Whoever runs a trusted identity provider can sign in as anybody whom a role lets in through it, without any credential of the account.",
        BenignCauses = ["Single sign-on being set up, or its certificate renewed", "A pipeline's provider added once (GitHub, GitLab)", "A new EKS cluster"],
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var request = record.Request;
        var provider = request["url"].Text ?? request["name"].Text ?? request["sAMLProviderArn"].Text ?? request["openIDConnectProviderArn"].Text;
        var (weight, did, todo) = record.EventName switch
        {
            "CreateOpenIDConnectProvider" when IsCluster(request["url"].Text) => (ClusterWeight, "added", "add"),
            "CreateSAMLProvider" or "CreateOpenIDConnectProvider" => (AddedWeight, "added", "add"),
            "UpdateSAMLProvider" => (AddedWeight, "changed", "change"),
            _ => (WidenedWeight, "changed", "change"),
        };
        var what = provider is null ? "an identity provider" : $"the identity provider {Plain.Name(provider)}";
        var isStrange = record.EventName == "CreateOpenIDConnectProvider" && weight == AddedWeight && !IsPipeline(request["url"].Text);
        return new Attempt(weight, Denied: weight / 3).Finding(record, did, todo, what)
            ?.Doing(record, isStrange ? DamageKind.BackDoor : null).With("provider", provider);
    }

    // Those of whom a role's trust tells who is let in. Any other is whoever runs it.
    private static bool IsPipeline(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && Pipelines.Contains(address.Host, StringComparer.OrdinalIgnoreCase);

    // Every EKS cluster is an identity provider of its own, for the roles of its pods.
    private static bool IsCluster(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Host.StartsWith("oidc.eks.", StringComparison.OrdinalIgnoreCase)
        && (address.Host.EndsWith(".amazonaws.com", StringComparison.OrdinalIgnoreCase)
            || address.Host.EndsWith(".amazonaws.com.cn", StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a SAML provider", EventSources.Iam, "CreateSAMLProvider", """{"name":"idp","sAMLMetadataDocument":"<EntityDescriptor/>"}"""),
        DetectionExample.Match("a SAML provider's keys replaced", EventSources.Iam, "UpdateSAMLProvider",
            """{"sAMLProviderArn":"arn:aws:iam::111122223333:saml-provider/okta","sAMLMetadataDocument":"<EntityDescriptor/>"}"""),
        DetectionExample.Match("an OpenID Connect provider", EventSources.Iam, "CreateOpenIDConnectProvider",
            """{"url":"https://login.example.net","clientIDList":["sts.amazonaws.com"],"thumbprintList":[]}"""),
        DetectionExample.Match("the provider of a cluster", EventSources.Iam, "CreateOpenIDConnectProvider",
            """{"url":"https://oidc.eks.us-east-1.amazonaws.com/id/0A1B2C3D","clientIDList":["sts.amazonaws.com"]}"""),
        DetectionExample.Match("a provider that vouches for one more client", EventSources.Iam, "AddClientIDToOpenIDConnectProvider",
            """{"openIDConnectProviderArn":"arn:aws:iam::111122223333:oidc-provider/login.example.net","clientID":"x"}"""),
        DetectionExample.Match("a provider's certificate changed", EventSources.Iam, "UpdateOpenIDConnectProviderThumbprint",
            """{"openIDConnectProviderArn":"arn:aws:iam::111122223333:oidc-provider/login.example.net","thumbprintList":["0a1b"]}"""),
        DetectionExample.Match("a refused attempt, whose request is not recorded", EventSources.Iam, "CreateSAMLProvider", errorCode: "AccessDenied"),
        DetectionExample.Ignore("a provider that exists already", EventSources.Iam, "CreateOpenIDConnectProvider",
            """{"url":"https://login.example.net"}""", "EntityAlreadyExistsException"),
    ];
}
