using System.Globalization;
using ResponseKit.Detections;

namespace ResponseKit.Correlation.Patterns;

/// <summary>Commands run on, or sessions opened to, many different servers within minutes.</summary>
internal sealed class ManyHands : IPattern
{
    private const int Many = 10;
    private const int VeryMany = 30;
    private const int Weight = 15;
    private const int HeavyWeight = 25;

    private static readonly string[] Hands = ["ssm.remote-command", "ec2instanceconnect.key-sent"];

    private readonly Dictionary<Sameness, (int Times, int Servers)> reached = [];

    /// <inheritdoc/>
    public PatternDescriptor Descriptor { get; } = new(
        PatternScan.Prefix + "many-hands",
        "Commands or sessions on many servers",
        [Techniques.CloudAdministrationCommand, Techniques.DirectVmConnections],
        "Whoever wants a miner or an encryptor everywhere goes through all servers. People look at a few.",
        ["Configuration management and deployments by Systems Manager", "An incident for which many servers are looked at"]);

    /// <inheritdoc/>
    public bool Concerns(Signal signal, Func<Signal, bool> isUsualRegion) => signal.Outcome.TookEffect && Hands.Contains(signal.DetectionId);

    /// <inheritdoc/>
    public void Add(Signal signal)
    {
        var key = new Sameness(signal);
        var (times, servers) = reached.GetValueOrDefault(key);
        reached[key] = (times + 1, Math.Max(servers, ServersOf(signal)));
    }

    /// <inheritdoc/>
    public void Remove(Signal signal)
    {
        var key = new Sameness(signal);
        var (times, servers) = reached[key];
        if (times == 1)
            reached.Remove(key);
        else
            reached[key] = (times - 1, servers);
    }

    /// <inheritdoc/>
    public Finding? Current(CorrelationTimes times)
    {
        var servers = reached.Values.Sum(one => (long)one.Servers);
        return servers < Many
            ? null
            : new Finding(
                servers >= VeryMany ? HeavyWeight : Weight,
                string.Create(CultureInfo.InvariantCulture, $"reached into some {servers} servers within {times.RushMinutes} minutes"));
    }

    private static int ServersOf(Signal signal) =>
        int.TryParse(signal.Finding.Facts.GetValueOrDefault(HandsCounted.Fact), NumberStyles.None, CultureInfo.InvariantCulture, out var servers)
            ? Math.Clamp(servers, 1, 1000)
            : 1;
}
