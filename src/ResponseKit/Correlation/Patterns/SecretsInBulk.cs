using System.Globalization;
using ResponseKit.Detections;

namespace ResponseKit.Correlation.Patterns;

/// <summary>
/// Many different secrets read within minutes. A program reads its own few, again and again, which counts once. Infrastructure as code reads all that it
/// keeps, so that only very many are a grave act.
/// </summary>
internal sealed class SecretsInBulk : IPattern
{
    private const int Many = 8;
    private const int VeryMany = 40;
    private const int Weight = 20;
    private const int HeavyWeight = 35;

    private static readonly string[] Reads = ["secretsmanager.secret-read", "ssm.parameters-read"];

    private readonly Dictionary<Sameness, (int Times, int Secrets)> read = [];

    /// <inheritdoc/>
    public PatternDescriptor Descriptor { get; } = new(
        PatternScan.Prefix + "secrets-in-bulk",
        "Many different secrets read",
        [Techniques.CloudSecrets],
        "An intruder does not know which secret is worth something, and takes them all. A program reads its own few.",
        ["Infrastructure as code and External Secrets, which read all that they keep", "A migration of secrets to another store"]);

    /// <inheritdoc/>
    public bool Concerns(Signal signal, Func<Signal, bool> isUsualRegion) => signal.Outcome.TookEffect && Reads.Contains(signal.DetectionId);

    /// <inheritdoc/>
    public void Add(Signal signal)
    {
        var key = new Sameness(signal);
        var (times, secrets) = read.GetValueOrDefault(key);
        // Names beyond the third are not in the sentence; the largest of calls that look alike stands for all of them.
        read[key] = (times + 1, Math.Max(secrets, SecretsOf(signal)));
    }

    /// <inheritdoc/>
    public void Remove(Signal signal)
    {
        var key = new Sameness(signal);
        var (times, secrets) = read[key];
        if (times == 1)
            read.Remove(key);
        else
            read[key] = (times - 1, secrets);
    }

    /// <inheritdoc/>
    public Finding? Current(CorrelationTimes times)
    {
        var secrets = read.Values.Sum(one => (long)one.Secrets);
        return secrets < Many
            ? null
            : new Finding(
                secrets >= VeryMany ? HeavyWeight : Weight,
                string.Create(CultureInfo.InvariantCulture, $"read some {secrets} different secrets within {times.RushMinutes} minutes"))
            {
                Damage = secrets >= VeryMany ? DamageKind.Exfiltration : null,
            };
    }

    private static int SecretsOf(Signal signal) =>
        int.TryParse(signal.Finding.Facts.GetValueOrDefault(SecretsCounted.Fact), NumberStyles.None, CultureInfo.InvariantCulture, out var secrets)
            ? Math.Clamp(secrets, 1, 1000)
            : 1;
}
