using ResponseKit.Actors;
using ResponseKit.Aws.Stores;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Stores;

/// <summary>The case stores, by name, and what tests put into them.</summary>
internal static class CaseStores
{
    public const string Account = "111122223333";
    public static readonly DateTimeOffset Start = new(2025, 11, 2, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Names => ["memory", "dynamodb"];

    public static async Task<ICaseStore> CreateAsync(string name, EmulatorFixture emulator, TestAccount account) => name == "memory"
        ? new MemoryCaseStore()
        : new DynamoCaseStore(await StoreTables.CreateAsync(emulator, account), TimeProvider.System);

    /// <summary>Whose case a call of somebody's would belong to.</summary>
    public static Task<string> RootOf(this ICaseStore store, Actor actor, string? key, int at = 15) => store.KeyOfAsync(Seen("asked", actor, at, key), CancellationToken.None);

    /// <summary>What was done in a case.</summary>
    public static async Task<CaseFile> FileAsync(this ICaseStore store, string key) => (await store.LoadAsync(key, Start, CancellationToken.None)).File;

    public static Observation Seen(string id, Actor actor, int at = 0, string? key = null, CallOutcome? outcome = null)
    {
        var time = Start.AddMinutes(at);
        var signal = new Signal(
            "ecs.cluster-created", SignalCategory.Provisioning, id, time, actor, "us-east-1", outcome ?? new CallOutcome.Succeeded(),
            new Finding(20, "created the ECS cluster x"));
        return new Observation(id, time, actor, key, "us-east-1", [signal], [], []);
    }
}
