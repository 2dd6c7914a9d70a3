using ResponseKit.Aws.Stores;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Aws.Tests.Stores;

public sealed class ApprovalStoreTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private static readonly DateTimeOffset Now = new(2025, 11, 2, 10, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Stores => ["memory", "dynamodb"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Questions_are_read_back_in_order_with_their_answers_incident_by_incident(string name)
    {
        var store = await StoreAsync(name);
        await store.AskAsync(Question(2, "second"), CancellationToken.None);
        await store.AskAsync(Question(1, "first"), CancellationToken.None);
        await store.AskAsync(Question(1, "too late"), CancellationToken.None);
        await store.AskAsync(Question(1, "other") with { Incident = "inc-2" }, CancellationToken.None);
        var decision = new ApprovalDecision(IsApproved: true, "alice", "ticket 42", Now.AddMinutes(5));
        await store.AnswerAsync(Question(1, "first"), decision, CancellationToken.None);

        var kept = await store.OfAsync("inc-1", CancellationToken.None);

        Assert.Equal([1, 2], kept.Select(question => question.Number));
        Assert.Equal(["first", "second"], kept.Select(question => question.Items[0].Targets[0].Name));
        Assert.Equal([decision, null], kept.Select(question => question.Decision));
        Assert.Equal(Now.AddDays(1), kept[0].Until);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Of_many_answers_at_the_same_time_one_stands(string name)
    {
        var store = await StoreAsync(name);
        await store.AskAsync(Question(1, "miner"), CancellationToken.None);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => store.AnswerAsync(
            Question(1, "miner"), new ApprovalDecision(number % 2 == 0, $"person {number}", "x", Now), CancellationToken.None)));

        var at = Array.FindIndex(answers, answer => answer.IsKept);
        Assert.Single(answers, answer => answer.IsKept);
        Assert.Equal($"person {at}", Assert.Single(await store.OfAsync("inc-1", CancellationToken.None)).Decision!.By);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Whichever_of_token_and_answer_comes_second_sees_the_first(string name)
    {
        var store = await StoreAsync(name);
        var decision = new ApprovalDecision(IsApproved: false, "alice", "x", Now);
        await store.AskAsync(Question(1, "a"), CancellationToken.None);
        await store.AskAsync(Question(2, "b"), CancellationToken.None);

        Assert.False(await store.WaitAsync(Question(1, "a"), "token", CancellationToken.None));
        Assert.Equal(new ApprovalAnswer(IsKept: true, "token"), await store.AnswerAsync(Question(1, "a"), decision, CancellationToken.None));
        Assert.Equal(new ApprovalAnswer(IsKept: true, null), await store.AnswerAsync(Question(2, "b"), decision, CancellationToken.None));
        Assert.True(await store.WaitAsync(Question(2, "b"), "token", CancellationToken.None));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task What_was_never_asked_cannot_be_answered(string name)
    {
        var store = await StoreAsync(name);

        var answer = await store.AnswerAsync(Question(1, "a"), new ApprovalDecision(IsApproved: true, "mallory", "x", Now), CancellationToken.None);

        Assert.False(answer.IsKept);
        Assert.Empty(await store.OfAsync("inc-1", CancellationToken.None));
    }

    [Fact]
    public async Task The_longest_question_fits_into_the_table()
    {
        var store = await StoreAsync("dynamodb");
        // As random as instances' ids are.
        var random = new Random(7);
        var targets = Enumerable.Range(0, Approval.MostTargets)
            .Select(_ => ResourceRef.Of(ResourceKind.Instance, "111122223333", "us-east-1", $"i-{random.NextInt64(1L << 60):x17}"));
        var question = Question(1, "a") with { Items = [new("ec2.terminate-instances", [.. targets], "x")] };

        await store.AskAsync(question, CancellationToken.None);

        Assert.Equal(question.Items[0].Targets.AsEnumerable(), Assert.Single(await store.OfAsync("inc-1", CancellationToken.None)).Items[0].Targets);
    }

    private async Task<IApprovalStore> StoreAsync(string name) => name == "memory"
        ? new MemoryApprovalStore()
        : new DynamoApprovalStore(await StoreTables.CreateAsync(emulator, emulator.NewAccount()));

    private static Approval Question(int number, string cluster) => new()
    {
        Incident = "inc-1",
        Round = 1,
        Number = number,
        Asked = Now,
        Until = Now.AddDays(1),
        Items = [new("ecs.tear-down-cluster", [ResourceRef.Of(ResourceKind.EcsCluster, "111122223333", "us-east-1", cluster)], "The policy's mode is approve.")],
    };
}
