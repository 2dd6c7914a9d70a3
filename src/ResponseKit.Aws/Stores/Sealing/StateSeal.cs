using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2.Model;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores.Sealing;

/// <summary>
/// Seals items of the table and checks their seals: an HMAC over the item's key, kind, version and all of its attributes, with a key derived for its kind and the
/// month of writing. The secret is fetched once a process; where that fails it is asked for again after a minute.
/// </summary>
/// <param name="root">Where the secret comes from.</param>
/// <param name="time">The clock.</param>
public sealed class StateSeal(ISealRoot root, TimeProvider time) : IDisposable
{
    /// <summary>The attribute with the seal.</summary>
    public const string SealAttribute = "rkSeal";

    /// <summary>The attribute with the version, which goes up with every write of the same item.</summary>
    public const string VersionAttribute = "rkVersion";

    /// <summary>The attribute with the month of writing, such as <c>2026-11</c>.</summary>
    public const string EpochAttribute = "rkEpoch";

    private const int MostKeys = 512;
    private const int MostSeen = 10_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(string Kind, string Epoch), byte[]> keys = new();
    private readonly ConcurrentDictionary<(string Kind, string Partition, string Sort), long> seen = new();
    private readonly SemaphoreSlim gate = new(1);
    private volatile SealRootResult? known;
    private DateTimeOffset asked;

    /// <summary>A seal without a key: nothing is sealed, and nothing can be checked.</summary>
    public static StateSeal Without(string reason) => new(new NoSealRoot(reason), TimeProvider.System);

    /// <summary>Why the key cannot be used at this time; null when it can.</summary>
    public async ValueTask<string?> ProblemAsync(CancellationToken cancellationToken) =>
        await RootAsync(cancellationToken) is SealRootResult.Refused refused ? refused.Reason : null;

    /// <summary>Adds version, epoch and seal to an item that is complete but for them. Without the key, it only gets its version.</summary>
    /// <param name="item">The item with its table key.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="version">1 for a new item, one more than was read for one that is replaced.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask SealAsync(Dictionary<string, AttributeValue> item, SealKind kind, long version, CancellationToken cancellationToken)
    {
        item[VersionAttribute] = new() { N = version.ToString(CultureInfo.InvariantCulture) };
        if (await RootAsync(cancellationToken) is not SealRootResult.Derived derived)
        {
            item.Remove(EpochAttribute);
            item.Remove(SealAttribute);
            return;
        }

        var epoch = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture);
        item[EpochAttribute] = new(epoch);
        item[SealAttribute] = new() { B = new MemoryStream(Mac(derived, item, kind, epoch), writable: false) };
    }

    /// <summary>What an item's seal says. Never throws for what stands in the item.</summary>
    public async ValueTask<Authenticity> CheckAsync(IReadOnlyDictionary<string, AttributeValue> item, SealKind kind, CancellationToken cancellationToken)
    {
        if (await RootAsync(cancellationToken) is not SealRootResult.Derived derived)
            return Authenticity.Unchecked;
        if (!item.TryGetValue(SealAttribute, out var given))
            return Authenticity.Unsealed;
        if (given.B is null || item.GetValueOrDefault(EpochAttribute)?.S is not { Length: 7 } epoch || VersionOf(item) is null)
            return Authenticity.Forged;
        try
        {
            return CryptographicOperations.FixedTimeEquals(Mac(derived, item, kind, epoch), given.B.ToArray()) ? Authenticity.Verified : Authenticity.Forged;
        }
        catch (ArgumentException)
        {
            return Authenticity.Forged;
        }
    }

    /// <summary>
    /// The highest version of an item that this process has seen; 0 when it has seen none. Ask before reading: another task may see a later one while the read is
    /// under way.
    /// </summary>
    internal long SeenOf(SealKind kind, string partition, string sort) => kind.IsMonotonic ? seen.GetValueOrDefault((kind.Name, partition, sort)) : 0;

    /// <summary>Notes the version of an item that is verified or was just written.</summary>
    internal void Saw(SealKind kind, IReadOnlyDictionary<string, AttributeValue> item)
    {
        if (!kind.IsMonotonic || VersionOf(item) is not { } version)
            return;
        if (seen.Count >= MostSeen)
            seen.Clear();
        seen.AddOrUpdate((kind.Name, item[StoreTable.Partition].S, item[StoreTable.Sort].S), version, (_, before) => Math.Max(before, version));
    }

    /// <summary>An item's version; null when it has none that is a number.</summary>
    public static long? VersionOf(IReadOnlyDictionary<string, AttributeValue> item) =>
        long.TryParse(item.GetValueOrDefault(VersionAttribute)?.N, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private byte[] Mac(SealRootResult.Derived derived, IReadOnlyDictionary<string, AttributeValue> item, SealKind kind, string epoch) =>
        HMACSHA256.HashData(KeyOf(derived, kind, epoch), CanonicalItem.Write(item, kind.Name, name => name == SealAttribute || kind.Hints.Contains(name)));

    private byte[] KeyOf(SealRootResult.Derived derived, SealKind kind, string epoch)
    {
        if (keys.TryGetValue((kind.Name, epoch), out var there))
            return there;
        // Kinds are ours and epochs have seven characters, so that no two of these texts are the same.
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, derived.Secret.ToArray(), 32, salt: null, Encoding.UTF8.GetBytes($"ResponseKit/seal/1/{epoch}/{kind.Name}"));
        // An epoch stands in the item, where anybody may have written it.
        if (keys.Count < MostKeys)
            keys[(kind.Name, epoch)] = key;
        return key;
    }

    private async ValueTask<SealRootResult> RootAsync(CancellationToken cancellationToken)
    {
        if (Current() is { } current)
            return current;
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (Current() is { } meanwhile)
                return meanwhile;
            var result = await root.DeriveAsync(cancellationToken);
            asked = time.GetUtcNow();
            return known = result;
        }
        finally
        {
            gate.Release();
        }
    }

    private SealRootResult? Current() => known is { } result && (result is SealRootResult.Derived || time.GetUtcNow() - asked < Pause) ? result : null;
}
