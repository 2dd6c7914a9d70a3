using System.Text.Json;
using Amazon.IdentityManagement;
using ResponseKit.Emulator;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests.Steps;

/// <summary>What a person has to do is told when it can still be done, not when the response ends.</summary>
public sealed class ToldInTimeTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Enforce = """{"mode":"enforce"}""";

    [Fact]
    public async Task An_identity_that_cannot_be_contained_is_told_after_the_first_pass_and_counted()
    {
        var settings = new List<(string, string)>();
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce, settings);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Functions.Hub);
        settings.Add(("RESPONSEKIT_TOPIC", board.Topic));
        await Mallory.AttackAsync(bed.Functions);
        foreach (var call in new[] { "AttachUserPolicy", "PutUserPolicy", "PutUserPermissionsBoundary", "UpdateAccessKey" })
            await bed.Functions.Account.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Service = "iam", Action = call, Code = "AccessDenied", Status = 403 });

        await Mallory.TriageAsync(bed, Enforce, ("RESPONSEKIT_TOPIC", board.Topic));
        for (var attempt = 0; attempt < 300 && board.Messages.Count < 2; attempt++)
            await Task.Delay(200);

        Assert.Equal(["opened", "uncontained"], board.Messages.Select(message => Attribute(message, "state")).Take(2));
        Assert.Contains("mallory is NOT contained", board.Messages[1].GetProperty("Subject").GetString(), StringComparison.Ordinal);
        Assert.Contains("AccessDenied", board.Messages[1].GetProperty("Message").GetString(), StringComparison.Ordinal);
        Assert.True(bed.Bridge.Invoked.Count(function => function == "look") <= 2, string.Join(' ', bed.Bridge.Invoked));
        Assert.Contains(bed.Bridge.LogOf("iam.contain-user"), line => line.Contains("action.failed", StringComparison.Ordinal));
        Assert.Equal(StatusType.Active, await Mallory.KeyStatusAsync(bed.Functions));
    }

    [Fact]
    public async Task What_no_action_can_end_is_told_with_the_opening_and_keeps_the_last_word_from_saying_that_all_is_done()
    {
        var settings = new List<(string, string)>();
        const string guarded = """{"mode":"enforce","guards":{"protectedPrincipals":["arn:aws:iam::*:user/mallory"]}}""";
        await using var bed = await StateMachineBed.CreateAsync(emulator, guarded, settings);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Functions.Hub);
        settings.Add(("RESPONSEKIT_TOPIC", board.Topic));
        await Mallory.AttackAsync(bed.Functions);

        var (incident, _) = await Mallory.TriageAsync(bed, guarded, ("RESPONSEKIT_TOPIC", board.Topic));
        await bed.EndOfAsync(incident.ResponseName);

        Assert.Equal("opened", Attribute(board.Messages[0], "state"));
        Assert.DoesNotContain(board.Messages, message => Attribute(message, "state") == "pages");
        Assert.Contains("is protected by", board.Messages[0].GetProperty("Message").GetString(), StringComparison.Ordinal);
        var last = board.Messages[^1];
        Assert.Equal("ended", Attribute(last, "state"));
        Assert.Contains("needs you", last.GetProperty("Subject").GetString(), StringComparison.Ordinal);
    }

    private static string? Attribute(JsonElement message, string name) => message.GetProperty("MessageAttributes").GetProperty(name).GetProperty("Value").GetString();
}
