using ResponseKit.Actors;
using ResponseKit.Records;
using ResponseKit.Resources;

namespace ResponseKit.Detections;

/// <summary>
/// Credentials that are found lying about: lasting access keys, in code, images and logs, and the sessions of EC2 instances, which whoever reaches the metadata service has.
/// People who sign in and pipelines that are let in for an hour have others.
/// </summary>
internal static class FoundCredential
{
    /// <summary>The fact of what only looks that tells with which sort it was done.</summary>
    public const string Fact = "credential";

    // Secrets and parameters are read by programs when they start.
    private static readonly string[] OfPrograms = ["secretsmanager.", "ssm."];

    /// <summary>Whether programs do what a detection of looking around finds, in their daily work.</summary>
    public static bool IsForPrograms(string detection) => Array.Exists(OfPrograms, prefix => detection.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Which sort the call was signed with; null for any other.</summary>
    public static string? Of(CloudTrailRecord record) => record switch
    {
        { IsFromConsole: true } => null,
        { Actor: Actor.User, AccessKeyId: { } key } when key.StartsWith("AKIA", StringComparison.Ordinal) => "a lasting key",
        // EC2 names the sessions of an instance by the instance's id (EC2 User Guide, "IAM roles for Amazon EC2").
        { Actor: Actor.Role } when record.Identity["principalId"].SharedText?.Split(':') is [_, var session] && ResourceRef.IsInstanceId(session) => "an instance's session",
        _ => null,
    };
}
