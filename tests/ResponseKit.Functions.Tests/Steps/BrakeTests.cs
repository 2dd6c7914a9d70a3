using System.Text.Json;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using Amazon.StepFunctions;
using ResponseKit.Actors;
using ResponseKit.Aws.Stores;
using ResponseKit.Correlation;
using ResponseKit.Response;
using ResponseKit.Response.Stores;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests.Steps;

/// <summary>From a verdict to brake to the brake, its end and a person's choice, as deployed.</summary>
public sealed class BrakeTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Brake = "ResponseKitBrake";
    private const string Enforce = """{"mode":"enforce","guards":{"unprovenApprovals":true}}""";
    private const string Dear = """{"instanceType":"p4d.24xlarge","instancesSet":{"items":[{"minCount":60,"maxCount":60}]}}""";

    [Fact]
    public async Task Who_spends_very_much_is_braked_and_a_person_is_asked_and_a_no_releases_them_at_once()
    {
        var settings = new List<(string, string)>();
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce, settings);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Functions.Hub);
        settings.Add(("RESPONSEKIT_TOPIC", board.Topic));
        await Mallory.AttackAsync(bed.Functions);
        var incident = await SpendAsync(bed, ("RESPONSEKIT_TOPIC", board.Topic));

        await bed.WaitsAsync(incident.Incident.Id);
        var document = await DocumentAsync(bed);
        var key = await Mallory.KeyStatusAsync(bed.Functions);
        await bed.InvokeAsync("approval", Decision(incident, "reject"));
        var ended = await bed.EndOfAsync(incident.ResponseName);

        Assert.Contains("aws:CurrentTime", document, StringComparison.Ordinal);
        Assert.Equal(StatusType.Active, key);
        Assert.True(ended.Status == ExecutionStatus.SUCCEEDED, $"{ended.Status}: {ended.Error} {ended.Cause}");
        Assert.Null(await DocumentAsync(bed));
        Assert.Empty(await new DynamoCaseStore(bed.Functions.Table, TimeProvider.System).BrakedAsync(CancellationToken.None));
        var subjects = board.Messages.Select(message => message.GetProperty("Subject").GetString()!).ToList();
        Assert.Contains(subjects, subject => subject.Contains("must be braked, about $", StringComparison.Ordinal));
        Assert.Contains(board.Messages, message => message.GetProperty("Message").GetString()!.Contains("reject, and what is braked is released", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_remembered_of_a_release_is_not_braked_again_and_what_is_dearer_or_of_another_kind_is()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await Mallory.AttackAsync(bed.Functions);
        var incident = await SpendAsync(bed);
        await bed.WaitsAsync(incident.Incident.Id);
        var answer = await bed.InvokeAsync("approval", Decision(incident, "reject").Replace("}", ",\"remember\":{\"usdPerHour\":5000,\"days\":30}}", StringComparison.Ordinal));
        await bed.EndOfAsync(incident.ResponseName);
        await using var triage = Triage(bed);

        var same = (await triage.InvokeAsync(Events.OfUser(bed.Functions, "mallory", "ec2", "RunInstances", Dear, minutes: 1))).Json();
        var dearer = (await triage.InvokeAsync(Events.OfUser(bed.Functions, "mallory", "ec2", "RunInstances", Dear.Replace("60", "400", StringComparison.Ordinal), minutes: 2))).Json();

        Assert.True(answer.TryGetProperty("message", out _), answer.ToString());
        var allowance = Assert.Single(await new DynamoAllowanceStore(bed.Functions.Table).AllAsync(CancellationToken.None));
        Assert.Equal((5000, "alice", incident.Incident.Root.Key), (allowance.UsdPerHour, allowance.Owner, allowance.Principal));
        Assert.Equal(("kept", "watch"), (same.GetProperty("outcome").GetString(), same.GetProperty("verdict").GetProperty("verdict").GetString()));
        Assert.Contains("alice has allowed it until", same.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(("responding", "brake"), (dearer.GetProperty("outcome").GetString(), dearer.GetProperty("verdict").GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task A_yes_contains_what_was_braked()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await Mallory.AttackAsync(bed.Functions);
        var incident = await SpendAsync(bed);
        await bed.WaitsAsync(incident.Incident.Id);

        await bed.InvokeAsync("approval", Decision(incident, "approve"));
        var ended = await bed.EndOfAsync(incident.ResponseName);

        Assert.True(ended.Status == ExecutionStatus.SUCCEEDED, $"{ended.Status}: {ended.Error} {ended.Cause}");
        Assert.Equal(StatusType.Inactive, await Mallory.KeyStatusAsync(bed.Functions));
    }

    [Fact]
    public async Task A_verdict_to_contain_supersedes_the_brake_while_a_person_is_still_asked()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await Mallory.AttackAsync(bed.Functions);
        var incident = await SpendAsync(bed);
        await bed.WaitsAsync(incident.Incident.Id);

        var (contained, _) = await Mallory.TriageAsync(bed, Enforce);
        var second = await bed.EndOfAsync(contained.ResponseName);
        var first = await bed.EndOfAsync(incident.ResponseName);

        Assert.Equal((incident.Incident.Id, 2), (contained.Incident.Id, contained.Round));
        Assert.True(second.Status == ExecutionStatus.SUCCEEDED, $"{second.Status}: {second.Error} {second.Cause}");
        Assert.Equal(ExecutionStatus.SUCCEEDED, first.Status);
        Assert.Equal(StatusType.Inactive, await Mallory.KeyStatusAsync(bed.Functions));
    }

    [Fact]
    public async Task Who_is_braked_and_keeps_trying_for_an_hour_is_no_more_suspect_than_before_and_is_contained_for_a_new_grave_act()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await Mallory.AttackAsync(bed.Functions);
        var now = DateTimeOffset.UtcNow;
        var incident = await SpendAsync(bed);
        await bed.WaitsAsync(incident.Incident.Id);
        await using var triage = Triage(bed);
        var outcomes = new HashSet<string?>();
        for (var attempt = 0; attempt < 60; attempt++)
        {
            var refused = Refused(bed, attempt % 2 == 0 ? "RunInstances" : "CreateUser", DateTimeOffset.UtcNow.AddSeconds(attempt));
            outcomes.Add((await triage.InvokeAsync(refused)).Json().GetProperty("outcome").GetString());
        }

        var cases = new DynamoCaseStore(bed.Functions.Table, TimeProvider.System);
        var after = await cases.FindAsync(incident.Incident.Id, CancellationToken.None);
        Assert.Equal(["unremarkable"], outcomes);
        Assert.Equal(incident.Incident.Case.Observations.Length, after!.Incident.Case.Observations.Length);
        Assert.Equal((1, incident.Incident.Brake), (after.Round, after.Incident.Brake));
        Assert.InRange(after.Incident.Brake!.Until, now.AddMinutes(59), now.AddMinutes(65));

        var grave = (await triage.InvokeAsync(Events.OfUser(
            bed.Functions, "mallory", "iam", "AttachUserPolicy", """{"userName":"mallory","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""", minutes: 2,
            address: "AWS Internal"))).Json();

        Assert.Equal("contain", grave.GetProperty("verdict").GetProperty("verdict").GetString());
        Assert.Equal(2, (await cases.FindAsync(incident.Incident.Id, CancellationToken.None))!.Round);
    }

    [Fact]
    public async Task In_mode_observe_the_brake_is_planned_and_nothing_is_changed()
    {
        const string observe = """{"mode":"observe"}""";
        await using var bed = await StateMachineBed.CreateAsync(emulator, observe);
        await Mallory.AttackAsync(bed.Functions);
        var incident = await SpendAsync(bed, ("RESPONSEKIT_POLICY", observe));

        var ended = await bed.EndOfAsync(incident.ResponseName);

        Assert.Equal(ExecutionStatus.SUCCEEDED, ended.Status);
        Assert.Contains("iam.brake-user", bed.Bridge.Invoked);
        Assert.Null(await DocumentAsync(bed));
        Assert.All(await bed.Functions.CallsAsync(), call => Assert.True(ApiCalls.IsRead(call), $"{call} is no read"));
    }

    [Fact]
    public async Task What_ended_while_no_response_was_there_to_end_it_the_sweep_takes_away_and_tells()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Hub);
        await Mallory.AttackAsync(bed);
        var (since, until) = (DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(15));
        var actor = new Actor.User(bed.Account.Id, "mallory");
        var file = CaseFile.Empty(actor.Key).Add(new Observation("e1", since, actor, null, FunctionBed.Region, [], [], []));
        var judged = Correlator.Judge(file, new());
        var verdict = new Verdict.Brake(judged.Score, judged.Categories, judged.Signals, judged.Explanation);
        var cases = new DynamoCaseStore(bed.Table, TimeProvider.System);
        var incident = Incident.Open(file, verdict) with { Brake = new BrakeSpan(since, until, since.AddHours(4)) };
        await cases.OpenAsync(incident, (_, _) => Task.FromResult(new AnsweredEvents([])), since, CancellationToken.None);
        await using var action = bed.Start("iam.brake-user", ("RESPONSEKIT_POLICY", Enforce));
        await using var sweep = bed.Start(
            "sweep", ("RESPONSEKIT_REGIONS", FunctionBed.Region), ("RESPONSEKIT_ACCOUNTS", bed.Account.Id), ("RESPONSEKIT_TOPIC", board.Topic),
            ("RESPONSEKIT_BUS", $"arn:aws:events:us-east-1:{bed.Hub.Id}:event-bus/ResponseKit"));

        var applied = (await action.InvokeAsync(Payload.Of($$"""
            {"mode":"apply","account":"{{bed.Account.Id}}","region":"us-east-1","target":"{{actor.Key}}","reason":"test","incident":"{{incident.Id}}","options":{"until":"{{until:O}}"} }
            """))).Json();
        var early = await sweep.InvokeAsync("{}"u8.ToArray());
        var standing = await DocumentAsync(bed);
        await Task.Delay(until - DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1));
        await sweep.InvokeAsync("{}"u8.ToArray());

        Assert.Equal("applied", applied.GetProperty("status").GetString());
        Assert.True(early.Succeeded, early.Text);
        Assert.NotNull(standing);
        Assert.Null(await DocumentAsync(bed));
        Assert.Empty(await cases.BrakedAsync(CancellationToken.None));
        Assert.Contains(board.Messages, message => message.GetProperty("Subject").GetString()!.Contains("has ended", StringComparison.Ordinal));
    }

    private static FunctionProcess Triage(StateMachineBed bed, params (string Name, string Value)[] more) => bed.Functions.Start(
        "triage", [("RESPONSEKIT_POLICY", Enforce), ("RESPONSEKIT_RESPONSE", "state-machine"), ("RESPONSEKIT_STATE_MACHINE", bed.Machine), .. more]);

    private static async Task<IncidentRecord> SpendAsync(StateMachineBed bed, params (string Name, string Value)[] more)
    {
        await using var triage = Triage(bed, more);
        var answer = (await triage.InvokeAsync(Events.OfUser(bed.Functions, "mallory", "ec2", "RunInstances", Dear, """{"instancesSet":{"items":[]}}"""))).Json();
        Assert.True(answer.GetProperty("outcome").GetString() == "responding", answer.ToString());
        Assert.Equal("brake", answer.GetProperty("verdict").GetProperty("verdict").GetString());
        return (await new DynamoCaseStore(bed.Functions.Table, TimeProvider.System).FindAsync(answer.GetProperty("incident").GetString()!, CancellationToken.None))!;
    }

    private static byte[] Refused(StateMachineBed bed, string operation, DateTimeOffset time)
    {
        var service = operation == "RunInstances" ? "ec2" : "iam";
        var record = JsonElement.Parse(Events.OfUser(bed.Functions, "mallory", service, operation, "null")).GetProperty("detail").GetRawText();
        var what = $"User: arn:aws:iam::{bed.Functions.Account.Id}:user/mallory is not authorized to perform: {service}:{operation} with an explicit deny in an identity-based policy";
        record = record.Replace("\"requestParameters\"", $"\"errorCode\":\"AccessDenied\",\"errorMessage\":\"{what}\",\"requestParameters\"", StringComparison.Ordinal);
        var at = record.IndexOf("\"eventTime\":\"", StringComparison.Ordinal) + 13;
        record = record[..at] + time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") + record[(at + 20)..];
        return TriageJson.Envelop(JsonElement.Parse(record));
    }

    private static string Decision(IncidentRecord incident, string decision) =>
        $$"""{"decision":"{{decision}}","incident":"{{incident.Incident.Id}}","by":"alice","reason":"ticket 42"}""";

    private static Task<string?> DocumentAsync(StateMachineBed bed) => DocumentAsync(bed.Functions);

    private static async Task<string?> DocumentAsync(FunctionBed bed)
    {
        try
        {
            var policy = await bed.Account.Admin.Iam(FunctionBed.Region).GetUserPolicyAsync(new GetUserPolicyRequest { UserName = "mallory", PolicyName = Brake });
            return System.Net.WebUtility.UrlDecode(policy.PolicyDocument);
        }
        catch (NoSuchEntityException)
        {
            return null;
        }
    }
}
