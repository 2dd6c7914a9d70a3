using ResponseKit.Aws.Stores;
using ResponseKit.Aws.Stores.Sealing;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Stores;

/// <summary>Where it is kept which evidence counts no more.</summary>
public sealed class DismissalStoreTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private static readonly DateTimeOffset At = new(2025, 11, 2, 12, 0, 0, TimeSpan.Zero);

    private static Dismissal Saying(string reason, DateTimeOffset before) => new()
    {
        Incident = "inc-1",
        Round = 1,
        Kind = DismissalKind.FalseAlarm,
        By = "alice",
        Reason = reason,
        At = At,
        Before = before,
        Events = new AnsweredEvents([]).Add(["event-1"]),
        Released = ["arn:aws:iam::111122223333:user/mallory"],
    };

    [Fact]
    public async Task What_is_kept_comes_back_as_it_was_each_of_several_said_at_once()
    {
        using var account = emulator.NewAccount();
        foreach (var store in new IDismissalStore[] { new MemoryDismissalStore(), new DynamoDismissalStore(await StoreTables.CreateAsync(emulator, account), TimeProvider.System) })
        {
            await Task.WhenAll(store.KeepAsync(Saying("one", At), default), store.KeepAsync(Saying("two", At), default));

            var kept = await store.OfAsync("inc-1", default);
            Assert.Equal(["one", "two"], kept.Select(one => one.Reason).Order(StringComparer.Ordinal));
            Assert.All(kept, one => Assert.Equal(
                (true, DismissalKind.FalseAlarm, At, At, true), (one.IsVerified, one.Kind, one.At, one.Before, new AnsweredEvents([one.Events]).Has("event-1"))));
            Assert.Equal("arn:aws:iam::111122223333:user/mallory", Assert.Single(kept[0].Released));
            Assert.Empty(await store.OfAsync("inc-10", default));
        }
    }

    [Fact]
    public async Task One_that_somebody_else_wrote_counts_and_never_past_the_present()
    {
        using var account = emulator.NewAccount();
        var table = await StoreTables.CreateAsync(emulator, account);
        await new DynamoDismissalStore(table with { Seal = StateSeal.Without("no key") }, TimeProvider.System).KeepAsync(Saying("forged", DateTimeOffset.MaxValue.AddYears(-1)), default);

        var read = Assert.Single(await new DynamoDismissalStore(table, TimeProvider.System).OfAsync("inc-1", default));

        Assert.False(read.IsVerified);
        Assert.True(read.Before <= TimeProvider.System.GetUtcNow());
    }
}
