using System.Text.Json;
using Amazon.IdentityManagement;
using ResponseKit.Aws.Stores;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests.Steps;

/// <summary>Giving back what a response took, and calling it a false alarm: against the deployed functions and the state machine, with IAM enforced.</summary>
public sealed class GivingBackTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Enforce = """{"mode":"enforce"}""";
    private const string Approve = """{"mode":"approve"}""";
    private const string Quarantine = """{"userName":"mallory","policyArn":"arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"}""";

    [Fact]
    public async Task What_was_taken_is_given_back_stays_given_back_and_a_new_attack_is_contained_all_the_same()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await Mallory.AttackAsync(bed.Functions);
        var before = await PoliciesAsync(bed.Functions);
        var (incident, _) = await Mallory.TriageAsync(bed, Enforce);
        await bed.EndOfAsync(incident.ResponseName);
        Assert.Equal(StatusType.Inactive, await Mallory.KeyStatusAsync(bed.Functions));
        await using var triage = Triage(bed, Enforce);

        var planned = await bed.InvokeAsync("undo", Request("plan", incident.Incident.Id));
        Assert.Equal(StatusType.Inactive, await Mallory.KeyStatusAsync(bed.Functions));
        var undone = await bed.InvokeAsync("undo", Request("apply", incident.Incident.Id));

        Assert.Contains("iam.contain-user", Actions(planned, "due"));
        Assert.Contains("Nothing was changed", planned.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("iam.contain-user", Actions(undone, "undone"));
        Assert.Empty(Actions(undone, "failed"));
        Assert.Contains(undone.GetProperty("left").EnumerateArray(), left => left.GetProperty("action").GetString() == "ecs.tear-down-cluster"
            && left.GetProperty("reason").GetString()!.StartsWith("It cannot be undone", StringComparison.Ordinal));
        Assert.Equal(StatusType.Active, await Mallory.KeyStatusAsync(bed.Functions));
        Assert.Equal(before, await PoliciesAsync(bed.Functions));

        // What is harmless by itself takes nothing again, an hour later or after half a day.
        foreach (var minutes in new[] { 2, 60, 11 * 60 })
        {
            var harmless = await triage.InvokeAsync(Events.OfUser(
                bed.Functions, "mallory", "ec2", "CreateLaunchTemplate", """{"CreateLaunchTemplateRequest":{"LaunchTemplateName":"small","LaunchTemplateData":{"InstanceType":"t3.small"} } }""", minutes: minutes));
            Assert.DoesNotContain(harmless.Json().GetProperty("outcome").GetString(), new[] { "responding", "known-incident" });
        }

        Assert.Equal(StatusType.Active, await Mallory.KeyStatusAsync(bed.Functions));
        var attack = (await triage.InvokeAsync(Events.OfUser(bed.Functions, "mallory", "iam", "AttachUserPolicy", Quarantine, minutes: 90, address: "AWS Internal"))).Json();
        Assert.True(attack.GetProperty("outcome").GetString() == "responding", attack.ToString());
        await bed.EndOfAsync($"{incident.Incident.Id}-2");
        Assert.Equal(StatusType.Inactive, await Mallory.KeyStatusAsync(bed.Functions));
    }

    [Fact]
    public async Task A_false_alarm_ends_the_response_counts_no_more_and_offers_back_what_was_taken()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Approve);
        await Mallory.AttackAsync(bed.Functions);
        var (incident, _) = await Mallory.TriageAsync(bed, Approve);
        await bed.WaitsAsync(incident.Incident.Id);
        await using var triage = Triage(bed, Approve);

        var dismissed = await bed.InvokeAsync("undo", Request("dismiss", incident.Incident.Id));
        var approved = await bed.InvokeAsync("approval", $$"""{"decision":"reject","incident":"{{incident.Incident.Id}}","by":"alice","reason":"late"}""");
        await bed.EndOfAsync(incident.ResponseName);
        var later = (await triage.InvokeAsync(Events.OfUser(bed.Functions, "mallory", "ecs", "RegisterTaskDefinition", """{"family":"web"}""", minutes: 2))).Json();

        Assert.Contains("is a false alarm", dismissed.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("ended at", approved.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(later.GetProperty("outcome").GetString(), new[] { "responding", "known-incident" });
        Assert.Equal(StatusType.Active, await Mallory.KeyStatusAsync(bed.Functions));
        Assert.Equal("ACTIVE", await Mallory.ClusterAsync(bed.Functions));
        var record = await new DynamoCaseStore(bed.Functions.Table, TimeProvider.System).FindAsync(incident.Incident.Id, CancellationToken.None);
        Assert.Equal((1, false), (record!.Round, record.IsOpen));
    }

    [Fact]
    public async Task Undoing_the_containment_of_the_actor_by_its_function_counts_too()
    {
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce);
        await Mallory.AttackAsync(bed.Functions);
        var (incident, _) = await Mallory.TriageAsync(bed, Enforce);
        await bed.EndOfAsync(incident.ResponseName);
        await using var triage = Triage(bed, Enforce);
        await using var action = bed.Functions.Start("iam.contain-user");

        var user = bed.Functions.Account.Resource(Resources.ResourceKind.IamUser, "mallory");
        await action.InvokeAsync(Payload.Of(Response.ActionMode.Revert, user, incident.Incident.Id));
        var harmless = (await triage.InvokeAsync(Events.OfUser(bed.Functions, "mallory", "ecs", "RegisterTaskDefinition", """{"family":"web"}""", minutes: 60))).Json();

        Assert.DoesNotContain(harmless.GetProperty("outcome").GetString(), new[] { "responding", "known-incident" });
        Assert.Equal(StatusType.Active, await Mallory.KeyStatusAsync(bed.Functions));
    }

    [Theory]
    [InlineData("apply")]
    [InlineData("dismiss")]
    public async Task Where_approvers_are_named_nobody_else_gives_back_or_dismisses_and_what_is_not_there_is_named(string mode)
    {
        const string policy = """{"mode":"approve","guards":{"approvers":["arn:aws:iam::111122223333:user/lead"]}}""";
        await using var bed = await StateMachineBed.CreateAsync(emulator, policy);
        await Mallory.AttackAsync(bed.Functions);
        var (incident, _) = await Mallory.TriageAsync(bed, policy);
        await bed.WaitsAsync(incident.Incident.Id);

        var refused = await bed.InvokeAsync("undo", Request(mode, incident.Incident.Id));
        var nowhere = await bed.InvokeAsync("undo", Request(mode, "inc-nowhere"));
        var untouched = await bed.InvokeAsync("undo", Request(mode, "inc-EDIT-ME"));

        Assert.Contains("Nothing proves who asks. Nothing was changed.", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Contains("no incident 'inc-nowhere'", nowhere.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("incident", untouched.GetProperty("fields")[0].GetProperty("field").GetString());
        var record = await new DynamoCaseStore(bed.Functions.Table, TimeProvider.System).FindAsync(incident.Incident.Id, CancellationToken.None);
        Assert.True(record!.IsOpen);
    }

    private static string Request(string mode, string incident) => $$"""{"mode":"{{mode}}","incident":"{{incident}}","by":"alice","reason":"a game day"}""";

    private static List<string?> Actions(JsonElement answer, string list) => [.. answer.GetProperty(list).EnumerateArray().Select(one => one.GetProperty("action").GetString())];

    private static FunctionProcess Triage(StateMachineBed bed, string policy) => bed.Functions.Start(
        "triage", ("RESPONSEKIT_POLICY", policy), ("RESPONSEKIT_RESPONSE", "state-machine"), ("RESPONSEKIT_STATE_MACHINE", bed.Machine));

    private static async Task<string> PoliciesAsync(FunctionBed bed)
    {
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        var inline = (await iam.ListUserPoliciesAsync(new() { UserName = "mallory" })).PolicyNames ?? [];
        var attached = (await iam.ListAttachedUserPoliciesAsync(new() { UserName = "mallory" })).AttachedPolicies ?? [];
        return string.Join(' ', inline.Concat(attached.Select(policy => policy.PolicyName)).Order(StringComparer.Ordinal));
    }
}
