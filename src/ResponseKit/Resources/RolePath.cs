namespace ResponseKit.Resources;

/// <summary>
/// The paths of roles that AWS keeps to itself, so that they prove what a name cannot: nobody else may make a role there
/// (IAM User Guide, "Create a service-linked role"; IAM Identity Center User Guide, "Referencing permission sets in resource policies").
/// </summary>
public static class RolePath
{
    /// <summary>Whether a role of this path belongs to a service. False where the path is not known.</summary>
    public static bool IsServiceLinked(string? path) => path?.StartsWith("/aws-service-role/", StringComparison.Ordinal) == true;

    /// <summary>Whether a role of this path belongs to a permission set of Identity Center. False where the path is not known.</summary>
    public static bool IsPermissionSet(string? path) => path?.StartsWith("/aws-reserved/sso.amazonaws.com/", StringComparison.Ordinal) == true;
}
