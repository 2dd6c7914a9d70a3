using ResponseKit.Policy;

namespace ResponseKit.Detections.Ecs;

/// <summary>
/// Where a container image comes from. A name without a registry is Docker Hub's, and without a path one of its official images
/// (Docker documentation, "Reference naming"). Registries of ECR: Amazon ECR User Guide, "Amazon ECR endpoints".
/// </summary>
internal static class ContainerImages
{
    private const string DockerHub = "docker.io/";
    private const string OfficialImages = DockerHub + "library/";

    /// <summary>The image with its registry spelled out: <c>nginx</c> is <c>docker.io/library/nginx</c>.</summary>
    public static string Full(string image)
    {
        var slash = image.IndexOf('/');
        if (slash < 0)
            return OfficialImages + image;
        var first = image[..slash];
        var isRegistry = first.Contains('.') || first.Contains(':') || first == "localhost";
        return isRegistry ? image : DockerHub + image;
    }

    /// <summary>Whether the image is one of Docker's official ones, which nobody else can publish.</summary>
    public static bool IsOfficial(string image) => Full(image).StartsWith(OfficialImages, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the image comes from the account's own registry.</summary>
    public static bool IsOwn(string image, string account) => IsOwnRegistry(Registry(Full(image)), account);

    /// <summary>The policy's prefix that approves the image; null when none does.</summary>
    public static string? ApprovedBy(string image, DetectionSettings settings) =>
        settings.ApprovedImages.FirstOrDefault(prefix => prefix.Length > 0 && IsUnder(Full(image), Full(prefix)));

    // Matched as a whole host name: 111122223333.dkr.ecr.us-east-1.amazonaws.com.example.net is somebody else's.
    private static bool IsOwnRegistry(string registry, string account) =>
        account.Length == 12
        && ((registry.StartsWith(account + ".dkr.ecr", StringComparison.Ordinal) && EndsWith(registry, ".amazonaws.com", ".amazonaws.com.cn"))
            || (registry.StartsWith(account + ".dkr-ecr", StringComparison.Ordinal) && EndsWith(registry, ".on.aws", ".on.amazonwebservices.com.cn")));

    private static bool EndsWith(string registry, string end, string chineseEnd) =>
        registry.EndsWith(end, StringComparison.Ordinal) || registry.EndsWith(chineseEnd, StringComparison.Ordinal);

    // A prefix ends where a part of the name ends: approving "acme/web" does not approve "acme/web-miner".
    private static bool IsUnder(string image, string prefix) =>
        image.StartsWith(prefix, StringComparison.Ordinal)
        && (image.Length == prefix.Length || prefix[^1] is '/' or ':' or '@' || image[prefix.Length] is '/' or ':' or '@');

    private static string Registry(string full) => full[..full.IndexOf('/')];
}
