using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.SecurityToken;
using ResponseKit.Actors;
using ResponseKit.Aws.Accounts;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Functions.Steps;
using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Stores;

namespace ResponseKit.Functions.Tests.Steps;

/// <summary>What a pass of a response asks for. Planning reads the case and calls nothing in AWS.</summary>
public sealed class PlanFunctionTests
{
    /// <summary>What may pass between two states: Step Functions Developer Guide, "Quotas related to state machine executions".</summary>
    private const int Quota = 256 * 1024;

    private const string Account = "111122223333";
    private static readonly DateTimeOffset Start = new(2025, 11, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task However_much_was_made_no_answer_comes_near_the_quota_and_nothing_is_left_out_or_asked_for_twice()
    {
        // Names as long as AWS allows, 1,200 clusters and 20,000 instances.
        var made = Enumerable.Range(0, 1_200).Select(number => Made(ResourceKind.EcsCluster, $"{new string('c', 250)}{number:D5}"))
            .Concat(Enumerable.Range(0, 20_000).Select(number => Made(ResourceKind.Instance, $"i-{number:x17}")));
        var guards = new GuardSettings { MaxInstancesPerIncident = 100_000, MaxResourcesPerIncident = 100_000 };
        var (plan, incident) = await PlanAsync(new ResponsePolicy { Mode = ResponseMode.Enforce, Guards = guards }, made);

        var asked = new List<string>();
        var (passes, longest) = (0, 0);
        for (var more = true; more; passes++)
        {
            var answer = await AskAsync(plan, incident, passes);
            longest = Math.Max(longest, answer.Length);
            var json = JsonElement.Parse(answer);
            more = json.GetProperty("more").GetBoolean();
            foreach (var item in json.GetProperty("waves").EnumerateArray().SelectMany(wave => wave.EnumerateArray()))
                asked.AddRange(Targets(item.GetProperty("payload")).Select(target => $"{item.GetProperty("function").GetString()} {target}"));
        }

        Assert.InRange(longest, Quota / 4, Quota * 11 / 20);
        Assert.True(passes > 10, $"{passes} passes");
        Assert.Equal("iam.contain-user arn:aws:iam::111122223333:user/mallory", asked[0]);
        Assert.Equal(asked.Count, asked.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(1_200, asked.Count(one => one.StartsWith("ecs.tear-down-cluster ", StringComparison.Ordinal)));
        Assert.Equal(20_000, asked.Count(one => one.StartsWith("ec2.terminate-instances ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Every_payload_is_a_request_that_its_action_accepts_in_the_wave_of_its_stage()
    {
        var (plan, incident) = await PlanAsync(
            new ResponsePolicy { Mode = ResponseMode.Enforce }, [Made(ResourceKind.EcsCluster, "miner"), Made(ResourceKind.Instance, "i-0123456789abcdef0")]);

        var waves = JsonElement.Parse(await AskAsync(plan, incident, 0)).GetProperty("waves").EnumerateArray().ToList();

        Assert.Equal(ResponseStage.Waves.Length, waves.Count);
        foreach (var (at, item) in waves.SelectMany((wave, at) => wave.EnumerateArray().Select(item => (at, item))))
        {
            var action = ActionCatalogue.Find(item.GetProperty("function").GetString()!)!.Descriptor;
            Assert.Equal(ResponseStage.Waves[at], action.Stage.Wave);
            Assert.Equal(ActionMode.Apply, Assert.IsType<ActionRequestResult.Valid>(ActionRequestParser.Parse(item.GetProperty("payload"), action)).Request.Mode);
        }
    }

    [Fact]
    public async Task The_same_pass_asked_for_again_is_the_same_and_the_next_one_is_empty()
    {
        var (plan, incident) = await PlanAsync(new ResponsePolicy { Mode = ResponseMode.Enforce }, [Made(ResourceKind.EcsCluster, "miner")]);

        var first = await AskAsync(plan, incident, 0);
        var again = await AskAsync(plan, incident, 0);
        var next = JsonElement.Parse(await AskAsync(plan, incident, 1));

        Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(again));
        Assert.All(next.GetProperty("waves").EnumerateArray(), wave => Assert.Equal(0, wave.GetArrayLength()));
    }

    [Fact]
    public async Task In_mode_observe_nothing_is_asked_to_be_applied()
    {
        var (plan, incident) = await PlanAsync(new ResponsePolicy(), [Made(ResourceKind.EcsCluster, "miner")]);

        var items = JsonElement.Parse(await AskAsync(plan, incident, 0)).GetProperty("waves").EnumerateArray().SelectMany(wave => wave.EnumerateArray()).ToList();

        Assert.NotEmpty(items);
        Assert.All(items, item => Assert.Equal("plan", item.GetProperty("payload").GetProperty("mode").GetString()));
    }

    [Theory]
    [InlineData("nonsense", "no JSON")]
    [InlineData("[]", "incident")]
    [InlineData("""{"incident":7}""", "incident")]
    [InlineData("""{"incident":"\ud800"}""", "incident")]
    [InlineData("""{"incident":"inc-x","round":"many\n"}""", "round")]
    [InlineData("""{"incident":"inc-x","look":-1}""", "look")]
    public async Task Malformed_input_is_refused_by_the_name_of_its_field(string input, string named)
    {
        var (plan, _) = await PlanAsync(new ResponsePolicy(), []);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => plan.HandleAsync(Payload.Of(input), Timeout.InfiniteTimeSpan, CancellationToken.None));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    private static Task<byte[]> AskAsync(PlanFunction plan, string incident, int look) => plan.HandleAsync(
        Payload.Of($$"""{"incident":"{{incident}}","round":1,"look":{{look}}}"""), Timeout.InfiniteTimeSpan, CancellationToken.None);

    private static IEnumerable<string> Targets(JsonElement payload) => payload.GetProperty("target") switch
    {
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Select(target => target.GetString()!),
        var one => [one.GetString()!],
    };

    private static ResourceRef Made(ResourceKind kind, string name) => ResourceRef.Of(kind, Account, "us-east-1", name);

    private static async Task<(PlanFunction Plan, string Incident)> PlanAsync(ResponsePolicy policy, IEnumerable<ResourceRef> made)
    {
        var cases = new MemoryCaseStore();
        var mallory = new Actor.User(Account, "mallory");
        foreach (var (number, chunk) in made.Chunk(100).Prepend([]).Index())
        {
            var (id, time) = ($"event-{number}", Start.AddSeconds(number));
            ImmutableArray<LineageEntry> lineage = [.. chunk.Select(resource => new LineageEntry(resource, LineageRelation.Created, id, time))];
            await cases.AddAsync(new Observation(id, time, mallory, "AKIAMALLORY000000000", "us-east-1", [], lineage, []), CancellationToken.None);
        }

        var file = (await cases.LoadAsync(mallory.Key, Start.AddHours(-1), CancellationToken.None)).File;
        var incident = Incident.Open(file, Correlator.Judge(file, policy));
        await cases.OpenAsync(incident, (_, _) => Task.FromResult(new AnsweredEvents([])), Start, CancellationToken.None);
        var sts = new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), Amazon.RegionEndpoint.USEast1);
        var services = new FunctionServices
        {
            Policy = policy,
            Accounts = new AssumedAccountAccess(sts, new ResponderRole(), new ClientSettings()),
            Receipts = new MemoryReceiptStore(),
            Cases = cases,
            Control = new MemoryControlStore(),
        };
        return (new PlanFunction(new ResponseSteps(services, new RunnerSettings())), incident.Id);
    }
}
