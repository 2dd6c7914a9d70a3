using System.Text.Json;
using ResponseKit.Aws.Stores;
using ResponseKit.Testing;

namespace ResponseKit.Cli.Tests.Deployed;

/// <summary>What the tool does with a deployment, run as a process of its own against the emulated AWS.</summary>
public sealed class DeployedCommandTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task The_kill_switch_is_put_on_with_a_reason_shown_and_taken_away()
    {
        using var bed = await DeploymentBed.CreateAsync(emulator);
        var control = new DynamoControlStore(bed.Table);

        var without = await bed.RunAsync("control", "stop");
        var forged = await bed.RunAsync("control", "stop", "--reason", "two\nlines");
        Assert.Null(await control.KillSwitchAsync(CancellationToken.None));
        var stopped = await bed.RunAsync("control", "stop", "--reason", "game day");
        var set = await control.KillSwitchAsync(CancellationToken.None);
        var shown = await bed.RunAsync("control", "show", "--json");
        var resumed = await bed.RunAsync("control", "resume");

        Assert.Equal((2, 2, 0, 0, 0), (without.Code, forged.Code, stopped.Code, shown.Code, resumed.Code));
        Assert.Contains("--reason", without.Errors, StringComparison.Ordinal);
        Assert.Equal("game day", set!.Reason);
        Assert.StartsWith("arn:aws:", set.By, StringComparison.Ordinal);
        Assert.True(JsonElement.Parse(shown.Output).GetProperty("stopped").GetBoolean());
        Assert.Null(await control.KillSwitchAsync(CancellationToken.None));
        Assert.Contains("The kill switch is off.", (await bed.RunAsync("control", "show")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Incidents_are_listed_and_shown_with_what_waits_and_hostile_text_reaches_no_terminal()
    {
        using var bed = await DeploymentBed.CreateAsync(emulator);
        var incident = await bed.OpenAsync("created [red]\u001b[2J\u202Ecluster[/] `x`");

        var list = await bed.RunAsync("list");
        var listed = await bed.RunAsync("list", "--json");
        var show = await bed.RunAsync("show", incident);
        var shown = await bed.RunAsync("show", incident, "--json");

        Assert.All([list, listed, show, shown], run =>
        {
            Assert.True(run.Code == 0, run.Errors);
            Assert.DoesNotContain(run.Output, character => (char.IsControl(character) && character is not ('\n' or '\r')) || character == '\u202E');
        });
        Assert.Contains(incident, list.Output, StringComparison.Ordinal);
        Assert.Contains("waits for approval", list.Output, StringComparison.Ordinal);
        Assert.Equal("waits for approval", JsonElement.Parse(listed.Output).GetProperty("incidents")[0].GetProperty("state").GetString());
        Assert.Contains($"responsekit approve {incident}", show.Output, StringComparison.Ordinal);
        Assert.Contains("ecs.tear-down-cluster on arn:aws:ecs:us-east-1:111122223333:cluster/miner", show.Output, StringComparison.Ordinal);
        Assert.Equal(incident, JsonElement.Parse(shown.Output).GetProperty("approvals")[0].GetProperty("incident").GetString());
    }

    [Fact]
    public async Task An_answer_goes_through_the_deployed_function_and_a_second_one_is_refused()
    {
        using var bed = await DeploymentBed.CreateAsync(emulator);
        var incident = await bed.OpenAsync();
        var name = $"approval-{bed.Hub.Id}";
        await using var bridge = await bed.DeployAsync("approval", name);

        var (lead, other) = (await bed.UserAsync("lead"), await bed.UserAsync("other"));
        await emulator.Control.EnforceAsync(enabled: true, bed.Hub.Id, CancellationToken.None);

        var refused = await bed.RunAsAsync(other, "approve", incident, "--reason", "ticket 42", "--function", name);
        Assert.Equal(2, refused.Code);
        Assert.Contains("not among guards.approvers", refused.Errors, StringComparison.Ordinal);
        var approved = await bed.RunAsAsync(lead, "approve", incident, "--reason", "ticket 42", "--function", name);
        var again = await bed.RunAsync("approve", incident, "--reason", "no", "--reject", "--by", "bob", "--function", name);

        Assert.True(approved.Code == 0, approved.Errors);
        Assert.Contains("ecs.tear-down-cluster on arn:aws:ecs:us-east-1:111122223333:cluster/miner", approved.Output, StringComparison.Ordinal);
        Assert.Contains("Approved", approved.Output, StringComparison.Ordinal);
        Assert.Equal(2, again.Code);
        Assert.Contains("approved it at", again.Errors, StringComparison.Ordinal);
        var kept = Assert.Single(await new DynamoApprovalStore(bed.Table).OfAsync(incident, CancellationToken.None)).Decision!;
        Assert.True(kept.IsApproved);
        Assert.Equal("ticket 42", kept.Reason);
        Assert.Equal($"arn:aws:iam::{bed.Hub.Id}:user/lead", kept.By);
        Assert.Equal(kept.By, kept.Proof);
    }

    [Fact]
    public async Task Whoever_is_named_calls_an_incident_a_false_alarm_and_nobody_else()
    {
        using var bed = await DeploymentBed.CreateAsync(emulator);
        var incident = await bed.OpenAsync();
        var name = $"undo-{bed.Hub.Id}";
        await using var bridge = await bed.DeployAsync("undo", name);
        var (lead, other) = (await bed.UserAsync("lead"), await bed.UserAsync("other"));
        await emulator.Control.EnforceAsync(enabled: true, bed.Hub.Id, CancellationToken.None);

        var refused = await bed.RunAsAsync(other, "dismiss", incident, "--reason", "my own doing", "--function", name);
        var before = JsonElement.Parse((await bed.RunAsync("list", "--json")).Output).GetProperty("incidents")[0].GetProperty("state").GetString();
        var dismissed = await bed.RunAsAsync(lead, "dismiss", incident, "--reason", "a game day", "--function", name);
        var plan = await bed.RunAsAsync(other, "undo", incident, "--plan", "--function", name);
        var silent = await bed.RunAsAsync(lead, "undo", incident, "--function", name);
        var shown = await bed.RunAsync("show", incident);

        Assert.Equal((2, "waits for approval"), (refused.Code, before));
        Assert.Contains("not among guards.approvers", refused.Errors, StringComparison.Ordinal);
        Assert.True(dismissed.Code == 0, dismissed.Errors);
        Assert.Contains($"is a false alarm, says arn:aws:iam::{bed.Hub.Id}:user/lead", dismissed.Output, StringComparison.Ordinal);
        Assert.True(plan.Code == 0, plan.Errors);
        Assert.Contains("There is nothing to give back.", plan.Output, StringComparison.Ordinal);
        Assert.Equal(2, silent.Code);
        Assert.Contains("--reason", silent.Errors, StringComparison.Ordinal);
        Assert.Contains("dismissed", shown.Output, StringComparison.Ordinal);
        Assert.Contains("a game day", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("responsekit approve", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_is_named_with_what_to_do()
    {
        using var bed = await DeploymentBed.CreateAsync(emulator);

        var table = await bed.RunAsync("list", "--table", "nowhere");
        var elsewhere = await bed.RunAsync("list", "--region", "eu-west-1");
        var incident = await bed.RunAsync("show", "inc-x");
        var function = await bed.RunAsync("approve", "inc-x", "--reason", "x", "--by", "me", "--function", "nowhere");
        var profile = await bed.RunAsync("list", "--profile", "nobody");

        Assert.All([table, elsewhere, incident, function, profile], run => Assert.Equal(2, run.Code));
        Assert.Contains("no table 'nowhere'", table.Errors, StringComparison.Ordinal);
        Assert.Contains("no function 'ResponseKit-triage'", elsewhere.Errors, StringComparison.Ordinal);
        Assert.Contains("no incident 'inc-x'", incident.Errors, StringComparison.Ordinal);
        Assert.Contains("--function", function.Errors, StringComparison.Ordinal);
        Assert.Contains("no profile 'nobody'", profile.Errors, StringComparison.Ordinal);
    }
}
