namespace ResponseKit.Scenarios.Making;

/// <summary>
/// Chance that comes out the same on every machine and runtime: SplitMix64 (Steele, Lea and Flood, 2014). <see cref="Random"/> promises the same numbers for a
/// seed only within one version of .NET.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private ulong _state = seed;

    /// <summary>Dice of their own for whatever the text names. FNV-1a.</summary>
    public static Dice For(string text) => new(text.Aggregate(14695981039346656037UL, (hash, character) => (hash ^ character) * 1099511628211UL));

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>Both ends are possible.</summary>
    public int Between(int least, int most) => least + (int)(Next() % (ulong)(most - least + 1));

    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => Fraction() < probability;

    public T Pick<T>(IReadOnlyList<T> from) => from[Between(0, from.Count - 1)];

    public IReadOnlyList<T> Shuffled<T>(IEnumerable<T> items) => [.. items.Select(item => (item, Key: Next())).OrderBy(pair => pair.Key).Select(pair => pair.item)];

    public TimeSpan Within(double leastSeconds, double mostSeconds) => TimeSpan.FromSeconds(leastSeconds + (Fraction() * (mostSeconds - leastSeconds)));

    public string Text(string alphabet, int length) => string.Create(length, (this, alphabet), static (span, state) =>
    {
        foreach (ref var character in span)
            character = state.alphabet[state.Item1.Between(0, state.alphabet.Length - 1)];
    });

    public string Hex(int length) => Text("0123456789abcdef", length);

    public string Digits(int length) => Text("0123456789", length);

    /// <summary>A random GUID of version 4, as CloudTrail's ids are.</summary>
    public string Guid() => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-{Text("89ab", 1)}{Hex(3)}-{Hex(12)}";

    /// <summary>An EC2 id, such as <c>i-0123456789abcdef0</c>.</summary>
    public string Ec2Id(string prefix) => $"{prefix}-0{Hex(16)}";

    /// <summary>A long-lived access key's id.</summary>
    public string Key() => "AKIA" + Text(Base32, 16);

    /// <summary>A temporary access key's id.</summary>
    public string TemporaryKey() => "ASIA" + Text(Base32, 16);

    /// <summary>An IAM unique id: AIDA for users, AROA for roles (IAM User Guide, "IAM identifiers").</summary>
    public string UniqueId(string prefix) => prefix + Text(Base32, 17);
}
