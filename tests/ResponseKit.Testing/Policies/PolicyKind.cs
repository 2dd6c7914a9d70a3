using System.Collections.Immutable;

namespace ResponseKit.Testing.Policies;

/// <summary>What a policy document is attached to, which decides what may stand in it and how long it may be.</summary>
/// <param name="Name">For messages.</param>
/// <param name="MaxLength">The most characters (IAM User Guide, "IAM and AWS STS quotas"; of the others, the service's own quotas page).</param>
public sealed record PolicyKind(string Name, int MaxLength)
{
    public static readonly PolicyKind UserInline = new("inline policy of a user", 2_048);
    public static readonly PolicyKind RoleInline = new("inline policy of a role", 10_240);
    public static readonly PolicyKind Managed = new("managed policy", 6_144);
    public static readonly PolicyKind Session = new("session policy", 2_048) { CountsSpace = true };
    public static readonly PolicyKind ServiceControl = new("service control policy", 10_240) { CountsSpace = true };
    public static readonly PolicyKind Trust = new("trust policy", 2_048)
    {
        NamesPrincipals = true,
        Actions = ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:SetContext", "sts:SetSourceIdentity", "sts:TagSession"],
        NamesResources = false,
    };

    public static readonly PolicyKind Key = OfResource("key policy", 32_768, "kms");
    public static readonly PolicyKind Bucket = OfResource("bucket policy", 20_480, "s3") with { ResourcesAreArns = true };
    public static readonly PolicyKind Topic = OfResource("topic policy", 30_720, "sns");
    public static readonly PolicyKind Queue = OfResource("queue policy", 8_192, "sqs");
    public static readonly PolicyKind EventBus = OfResource("event bus policy", 10_240, "events");

    /// <summary>Whether spaces count. Those of IAM's own documents do not.</summary>
    public bool CountsSpace { get; private init; }

    /// <summary>Whether statements say to whom they apply. Where they do not, they apply to who bears the policy.</summary>
    public bool NamesPrincipals { get; private init; }

    /// <summary>Whether statements say to what they apply. A trust policy is about its role.</summary>
    public bool NamesResources { get; private init; } = true;

    /// <summary>Whether a resource must be an ARN, and not <c>*</c> alone.</summary>
    public bool ResourcesAreArns { get; private init; }

    /// <summary>The only service whose actions make sense; null for any.</summary>
    public string? Service { get; private init; }

    /// <summary>The only actions that make sense; empty for any.</summary>
    public ImmutableArray<string> Actions { get; private init; } = [];

    public override string ToString() => Name;

    private static PolicyKind OfResource(string name, int most, string service) => new(name, most) { NamesPrincipals = true, Service = service, CountsSpace = true };
}
