using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using ResponseKit.Response;

namespace ResponseKit.Cli.Drill;

/// <summary>What a kept drill leaves behind, so that it can be undone later. The credentials in it are the emulator's and open nothing else.</summary>
/// <param name="Emulator">Where the emulator listens.</param>
/// <param name="ProcessId">Its process.</param>
/// <param name="Incident">The incident.</param>
/// <param name="Region">The region that the drill calls home.</param>
/// <param name="AccessKey">What the functions sign with.</param>
/// <param name="SecretKey">Its secret.</param>
/// <param name="Created">ARNs of what the attacker made: undoing leaves those contained unless it is told otherwise.</param>
/// <param name="Receipts">What was done.</param>
internal sealed record DrillState(
    Uri Emulator, int ProcessId, string? Incident, string Region, string AccessKey, string SecretKey, ImmutableArray<string> Created, ImmutableArray<JsonElement> Receipts)
{
    /// <summary>Where it is written, below the current folder.</summary>
    public static readonly string DefaultFile = Path.Combine(".responsekit", "drill.json");

    /// <summary>Receipts in the form in which they are kept everywhere.</summary>
    public static ImmutableArray<JsonElement> Keep(IEnumerable<ActionReceipt> receipts) => [.. receipts.Select(receipt => JsonElement.Parse(ReceiptJson.Write(receipt)))];

    /// <summary>The receipts, oldest first.</summary>
    public ImmutableArray<ActionReceipt> ReadReceipts() => [.. Receipts.Select(receipt => ReceiptJson.Read(JsonSerializer.SerializeToUtf8Bytes(receipt, DrillStateJson.Default.JsonElement)))];

    public async Task SaveAsync(string file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(this, DrillStateJson.Default.DrillState), cancellationToken);
    }

    /// <summary>Reads it; null with a reason when it is not there or cannot be read.</summary>
    public static async Task<(DrillState? State, string? Problem)> LoadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            return (JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellationToken), DrillStateJson.Default.DrillState), null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return (null, $"{file} cannot be read: {error.Message}");
        }
        catch (JsonException error)
        {
            return (null, $"{file} was not written by a drill: {error.Message}");
        }
    }
}

/// <summary>How the state is written.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DrillState))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class DrillStateJson : JsonSerializerContext;
