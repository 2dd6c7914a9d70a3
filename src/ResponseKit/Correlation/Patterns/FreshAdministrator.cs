using ResponseKit.Detections;

namespace ResponseKit.Correlation.Patterns;

/// <summary>
/// Somebody is given all rights and a credential in one go: a policy or group of administrators, and a key or password for the same user. It is a way back in that
/// outlives the key that was stolen.
/// </summary>
internal sealed class FreshAdministrator : IPattern
{
    private const int Weight = 15;
    private static readonly string[] Rights = ["iam.admin-policy-attached", "iam.admin-policy-written", "iam.group-joined"];
    private static readonly string[] Credentials = ["iam.access-key-created", "iam.login-profile-set", "iam.access-key-reactivated"];

    // User names are not told apart by case (IAM User Guide, "IAM and AWS STS quotas", names).
    private readonly Counter<string> rights = new(StringComparer.OrdinalIgnoreCase);
    private readonly Counter<string> credentials = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public PatternDescriptor Descriptor { get; } = new(
        PatternScan.Prefix + "fresh-administrator",
        "A user got all rights and a credential in one go",
        [Techniques.AdditionalCloudRoles, Techniques.AdditionalCloudCredentials],
        "A back door has to let somebody in and let them do everything. It decides only together with another grave act, or with money.",
        ["The first administrator of a new account", "Somebody new in the team that runs the account"])
    {
        Category = SignalCategory.Persistence,
    };

    /// <inheritdoc/>
    public bool Concerns(Signal signal, Func<Signal, bool> isUsualRegion) => signal.Outcome.TookEffect && UserOf(signal) is not null
        && (Rights.Contains(signal.DetectionId) || Credentials.Contains(signal.DetectionId));

    /// <inheritdoc/>
    public void Add(Signal signal) => (Rights.Contains(signal.DetectionId) ? rights : credentials).Add(UserOf(signal)!);

    /// <inheritdoc/>
    public void Remove(Signal signal) => (Rights.Contains(signal.DetectionId) ? rights : credentials).Remove(UserOf(signal)!);

    /// <inheritdoc/>
    public Finding? Current(CorrelationTimes times) => rights.All.FirstOrDefault(credentials.Has) is { } user
        ? new Finding(Weight, $"gave the user {Plain.Name(user)} all rights and a credential within {times.RushMinutes} minutes") { Damage = DamageKind.BackDoor }.With("userName", user)
        : null;

    private static string? UserOf(Signal signal) => signal.Finding.Facts.GetValueOrDefault("userName");
}
