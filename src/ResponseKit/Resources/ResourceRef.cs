using System.Buffers;
using System.Collections.Frozen;
using ResponseKit.Text;

namespace ResponseKit.Resources;

/// <summary>One resource in one account and region.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Account">The owning account.</param>
/// <param name="Region">Its region; empty for a global kind.</param>
/// <param name="Name">Its name or id, without path.</param>
/// <param name="Partition">aws, aws-cn or aws-us-gov.</param>
public sealed record ResourceRef(ResourceKind Kind, string Account, string Region, string Name, string Partition = "aws")
{
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");
    private static readonly Charset AnyName = new(Charset.Visible, 512);
    // IAM API Reference: the ids of SSH keys, certificates and service-specific credentials are of letters and digits, 20 to 128 characters.
    private static readonly Charset CredentialId = new(Charset.Alphanumeric, 128);
    private static readonly FrozenSet<string> CredentialSorts =
        FrozenSet.Create(StringComparer.Ordinal, "service-credential", "ssh-key", "signing-certificate");
    private static readonly Charset FunctionName = new(Charset.Alphanumeric + "-_", 140);

    /// <summary>
    /// The path of an IAM user or role where it is known, such as <c>/ops/</c>; null where it is not. Names are unique whatever the path,
    /// so it is no part of equality.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>Names a resource; the region is dropped for a global kind, so that equal resources are equal values.</summary>
    public static ResourceRef Of(ResourceKind kind, string account, string region, string name) =>
        new(kind, account, kind.IsGlobal ? "" : region, name, Arn.PartitionOf(region));

    /// <summary>
    /// Reads an ARN, or a bare name or id, as a resource of a kind. Null when it is an ARN of another kind, or no possible name.
    /// A Lambda qualifier, an IAM path and an Auto Scaling group's unique id are dropped.
    /// </summary>
    public static ResourceRef? Parse(ResourceKind kind, string text, string account, string region)
    {
        if (!Arn.TryParse(text, out var arn))
            return IsName(kind, text) ? Of(kind, account, region, text) : null;
        if (arn.Service != kind.Service || NameIn(kind, arn.Resource) is not { } name || !IsName(kind, name))
            return null;
        return new ResourceRef(kind, arn.Account, kind.IsGlobal ? "" : arn.Region, name, arn.Partition) { Path = PathIn(kind, arn.Resource) };
    }

    /// <summary>Reads an ARN of any kind that is known; null for any other text.</summary>
    public static ResourceRef? FromArn(string text) =>
        text.StartsWith("arn:", StringComparison.Ordinal)
            ? ResourceKind.All.Select(kind => Parse(kind, text, "", "")).FirstOrDefault(resource => resource is not null)
            : null;

    /// <summary>The resource's ARN (for IAM without the path, for an Auto Scaling group with <c>*</c> for its unique id).</summary>
    public string ToArn() => $"arn:{Partition}:{Kind.Service}:{Region}:{Account}:{Kind.Prefix}{Name}";

    /// <summary>The ARN with an IAM path where it is known: as AWS writes it.</summary>
    public string ToFullArn() => Path is null ? ToArn() : $"arn:{Partition}:{Kind.Service}:{Region}:{Account}:{Kind.Prefix}{Path[1..]}{Name}";

    /// <inheritdoc/>
    public bool Equals(ResourceRef? other) => other is not null
        && Name == other.Name && Kind.Id == other.Kind.Id && Account == other.Account && Region == other.Region && Partition == other.Partition;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind.Id, Account, Region, Name, Partition);

    /// <inheritdoc/>
    public override string ToString() => ToArn();

    private static string? NameIn(ResourceKind kind, string resource)
    {
        if (kind == ResourceKind.AutoScalingGroup)
        {
            var at = resource.IndexOf(":autoScalingGroupName/", StringComparison.Ordinal);
            return resource.StartsWith("autoScalingGroup:", StringComparison.Ordinal) && at > 0 ? resource[(at + 22)..] : null;
        }

        if (!resource.StartsWith(kind.Prefix, StringComparison.Ordinal))
            return null;
        var name = resource[kind.Prefix.Length..];
        if (kind == ResourceKind.IamUser || kind == ResourceKind.IamRole)
            return name[(name.LastIndexOf('/') + 1)..];
        return kind == ResourceKind.LambdaFunction ? name.Split(':')[0] : name;
    }

    private static string? PathIn(ResourceKind kind, string resource) =>
        (kind == ResourceKind.IamUser || kind == ResourceKind.IamRole) && IamName.TrySplit(resource[kind.Prefix.Length..], out var path, out _)
            ? path
            : null;

    // No service here allows anything but visible ASCII in a name, however hostile its maker.
    private static bool IsName(ResourceKind kind, string name) =>
        AnyName.Fits(name) && !name.StartsWith("arn:", StringComparison.Ordinal) && IsNameOf(kind, name);

    private static bool IsNameOf(ResourceKind kind, string name) => kind.Id switch
    {
        "iam-user" or "iam-role" or "iam-login-profile" or "iam-role-trust" => IamName.IsValid(name),
        "iam-credential" => name.Split('/') is [var user, var sort, var id] && IamName.IsValid(user) && (sort == "access-key" ? IamName.IsAccessKeyId(id) : CredentialSorts.Contains(sort) && CredentialId.Fits(id)),
        "iam-access-key" => name.Split('/') is [var user, var key] && IamName.IsValid(user) && IamName.IsAccessKeyId(key),
        "ec2-instance" => IsInstanceId(name),
        "lambda-function" => FunctionName.Fits(name),
        // Auto Scaling alone allows wildcards' characters in a name, and an attacker may use them.
        "auto-scaling-group" => !name.Contains(':'),
        _ => !name.AsSpan().ContainsAny("*?"),
    };

    /// <summary>Whether the text can be the id of an EC2 instance.</summary>
    internal static bool IsInstanceId(string id) =>
        id.Length is 10 or 19 && id.StartsWith("i-", StringComparison.Ordinal) && id.AsSpan(2).IndexOfAnyExcept(Hexadecimal) < 0;
}
