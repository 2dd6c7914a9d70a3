using System.Text.Json;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.IdentityManagement.Model;
using ResponseKit.Deployment;
using ResponseKit.Heartbeats;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>Heartbeats: sent by the sweep, recorded by CloudTrail, brought back by a rule to triage; and what becomes of silence.</summary>
public sealed class SweepTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Here = "us-east-1";
    private const string There = "eu-west-1";

    [Fact]
    public async Task A_region_whose_rule_was_disabled_is_told_within_two_sweeps_and_once()
    {
        await using var bed = await SweepBed.CreateAsync(emulator);

        var first = await bed.SweepAsync();
        await bed.HeardAsync(Here, There);
        await bed.LaterAsync();
        var second = await bed.SweepAsync();
        await bed.HeardAsync(Here, There);
        Assert.Equal((0, 0), (Silent(first), Silent(second)));
        Assert.Empty(bed.Board.Messages);

        await bed.Events(There).DisableRuleAsync(new DisableRuleRequest { Name = DeployedNames.HeartbeatRule });
        await bed.LaterAsync();
        await bed.SweepAsync();
        await bed.HeardAsync(Here);
        await bed.LaterAsync();
        var fourth = await bed.SweepAsync();
        await bed.HeardAsync(Here);
        await bed.LaterAsync();
        var fifth = await bed.SweepAsync();

        Assert.Equal((1, 1), (Silent(fourth), Silent(fifth)));
        Assert.Contains($"region {There}: no heartbeat has come back since", Assert.Single(fourth.GetProperty("news").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.Empty(fifth.GetProperty("news").EnumerateArray());
        var notice = Assert.Single(bed.Board.Messages);
        Assert.Contains("hears nothing, or less", notice.GetProperty("Subject").GetString(), StringComparison.Ordinal);
        Assert.Contains(bed.Log, line => line.Contains(LogWords.Silent, StringComparison.Ordinal));
        Assert.Contains(bed.Log, line => line.Contains(LogWords.Swept, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rule_that_hears_less_or_sends_elsewhere_is_told_though_heartbeats_come_back()
    {
        await using var bed = await SweepBed.CreateAsync(emulator, compares: true);
        await bed.SweepAsync();
        await bed.HeardAsync(Here, There);
        Assert.Empty(bed.Board.Messages);

        var events = bed.Events(There);
        await events.PutRuleAsync(new PutRuleRequest { Name = SweepBed.Other, EventPattern = """{"source":["nothing"]}""", State = RuleState.ENABLED });
        await bed.LaterAsync();
        var altered = await bed.SweepAsync();

        Assert.Equal(1, Silent(altered));
        Assert.Contains($"the rule {SweepBed.Other} has another pattern", Assert.Single(bed.Board.Messages).GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SweepBed.OwnRule, DeployedNames.Bus)]
    [InlineData(SweepBed.KeyRule, null)]
    public async Task A_rule_of_the_hub_that_tells_nobody_any_more_is_told_once_though_every_heartbeat_comes_back(string rule, string? bus)
    {
        await using var bed = await SweepBed.CreateAsync(emulator, compares: true);
        var sound = await bed.SweepAsync();
        await bed.HeardAsync(Here, There);
        Assert.Empty(sound.GetProperty("news").EnumerateArray());
        Assert.Empty(bed.Board.Messages);

        await bed.HubEvents.DisableRuleAsync(new DisableRuleRequest { Name = rule, EventBusName = bus });
        await bed.LaterAsync();
        var disabled = await bed.SweepAsync();
        await bed.HeardAsync(Here, There);
        await bed.LaterAsync();
        var again = await bed.SweepAsync();

        Assert.Equal((0, 0), (Silent(disabled), Silent(again)));
        Assert.Equal($"- the hub itself, region {Here}: the rule {rule} is DISABLED instead of ENABLED", Assert.Single(disabled.GetProperty("news").EnumerateArray()).GetString());
        Assert.Empty(again.GetProperty("news").EnumerateArray());
        Assert.Contains("something is wrong with rules of its own", Assert.Single(bed.Board.Messages).GetProperty("Subject").GetString(), StringComparison.Ordinal);
        Assert.Contains(bed.Log, line => line.Contains(LogWords.Silent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_that_cannot_be_entered_any_more_is_told()
    {
        await using var bed = await SweepBed.CreateAsync(emulator);
        await bed.SweepAsync();
        await bed.HeardAsync(Here, There);

        await bed.Functions.Account.Admin.Iam(Here).UpdateAssumeRolePolicyAsync(new UpdateAssumeRolePolicyRequest
        {
            RoleName = "ResponseKitResponder",
            PolicyDocument = """{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}]}""",
        });
        await bed.LaterAsync();
        var swept = await bed.SweepAsync();

        Assert.Equal(2, Silent(swept));
        Assert.Single(bed.Board.Messages);
    }

    [Fact]
    public async Task A_heartbeat_that_nobody_waits_for_counts_for_nothing_and_a_second_sweep_too_soon_asks_nobody()
    {
        await using var bed = await SweepBed.CreateAsync(emulator);
        await bed.SweepAsync();
        await bed.HeardAsync(Here, There);
        var nonce = (await bed.ItemAsync())["nonce"].S;

        await bed.SweepAsync();
        Assert.Equal(nonce, (await bed.ItemAsync())["nonce"].S);
        Assert.False(await bed.Store.CameBackAsync(new Heartbeat(bed.Functions.Account.Id, There, new string('0', 32)), DateTimeOffset.UnixEpoch, CancellationToken.None));
        Assert.True(await bed.Store.CameBackAsync(new Heartbeat(bed.Functions.Account.Id, There, nonce), DateTimeOffset.UnixEpoch, CancellationToken.None));
    }

    private static int Silent(JsonElement answer) => answer.GetProperty("silent").GetInt32();
}
