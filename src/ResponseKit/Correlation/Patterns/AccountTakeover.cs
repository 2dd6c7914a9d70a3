using ResponseKit.Detections;

namespace ResponseKit.Correlation.Patterns;

/// <summary>
/// Somebody makes a key for a user who was there before, and changes that user's password or second factor in one go: the user is locked out, or followed without
/// knowing. A help desk does the one, a rotation the other.
/// </summary>
internal sealed class AccountTakeover : IPattern
{
    private const int Weight = 15;
    private const string Keys = "iam.access-key-created";
    private const string Passwords = "iam.login-profile-set";
    private const string Factors = "iam.mfa-changed";

    private readonly Counter<string> keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly Counter<string> locks = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public PatternDescriptor Descriptor { get; } = new(
        PatternScan.Prefix + "account-takeover",
        "A user got a key, and another password or second factor, from somebody else",
        [Techniques.AdditionalCloudCredentials, Techniques.AccountManipulation],
        "Another user's rights are taken with two ways in: the password for the console, the key for programs. Those who help people with a lost phone make no keys for them.",
        ["Somebody who is set up anew by an administrator"])
    {
        Category = SignalCategory.Persistence,
    };

    /// <inheritdoc/>
    public bool Concerns(Signal signal, Func<Signal, bool> isUsualRegion) => signal.Outcome.TookEffect && UserOf(signal) is { } user && !IsCaller(signal, user)
        && (signal.DetectionId == Keys || IsLock(signal));

    /// <inheritdoc/>
    public void Add(Signal signal) => CounterOf(signal).Add(UserOf(signal)!);

    /// <inheritdoc/>
    public void Remove(Signal signal) => CounterOf(signal).Remove(UserOf(signal)!);

    /// <inheritdoc/>
    public Finding? Current(CorrelationTimes times) => keys.All.FirstOrDefault(locks.Has) is { } user
        ? new Finding(Weight, $"gave the user {Plain.Name(user)} a key, and another password or second factor, within {times.RushMinutes} minutes") { Damage = DamageKind.BackDoor }
            .With("userName", user)
        : null;

    // A first password is made for whoever is new, and is no lock.
    private static bool IsLock(Signal signal) => signal.DetectionId == Factors
        || (signal.DetectionId == Passwords && signal.Finding.Facts.ContainsKey(Detections.Iam.LoginProfileSet.IsChanged));

    private Counter<string> CounterOf(Signal signal) => signal.DetectionId == Keys ? keys : locks;

    private static string? UserOf(Signal signal) => signal.Finding.Facts.GetValueOrDefault("userName");

    private static bool IsCaller(Signal signal, string user) => signal.Actor is Actors.Actor.User caller && string.Equals(caller.Name, user, StringComparison.OrdinalIgnoreCase);
}
