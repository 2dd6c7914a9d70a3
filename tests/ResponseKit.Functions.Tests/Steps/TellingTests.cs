using System.Text;
using System.Text.Json;
using Amazon.IdentityManagement;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ResponseKit.Emulator;
using ResponseKit.Testing;
using Task = System.Threading.Tasks.Task;

namespace ResponseKit.Functions.Tests.Steps;

/// <summary>What people are told while a response goes on, and what is kept of it for good.</summary>
public sealed class TellingTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Approve = """{"mode":"approve","guards":{"unprovenApprovals":true}}""";
    private const string Enforce = """{"mode":"enforce"}""";
    private const string Bucket = "evidence";

    [Fact]
    public async Task People_are_told_once_when_it_opens_when_they_are_asked_and_how_it_ended_and_the_report_is_kept()
    {
        var settings = new List<(string, string)>();
        await using var bed = await StateMachineBed.CreateAsync(emulator, Approve, settings);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Functions.Hub);
        using var s3 = await BucketAsync(bed.Functions.Hub);
        settings.AddRange([("RESPONSEKIT_TOPIC", board.Topic), ("RESPONSEKIT_EVIDENCE_BUCKET", Bucket)]);
        await Mallory.AttackAsync(bed.Functions);

        var (incident, _) = await Mallory.TriageAsync(bed, Approve, ("RESPONSEKIT_TOPIC", board.Topic));
        await bed.WaitsAsync(incident.Incident.Id);
        // The wait runs out and begins again, and nobody is asked twice.
        await Task.Delay(4_000);
        await bed.InvokeAsync("approval", $$"""{"decision":"approve","incident":"{{incident.Incident.Id}}","by":"alice","reason":"ticket 42"}""");
        await bed.EndOfAsync(incident.ResponseName);

        Assert.Equal(["opened", "asked", "ended"], board.Messages.Select(message => Attribute(message, "state")));
        Assert.All(board.Messages, message =>
        {
            Assert.Equal(("contain", "approve", bed.Functions.Account.Id), (Attribute(message, "verdict"), Attribute(message, "mode"), Attribute(message, "account")));
            Assert.InRange(message.GetProperty("Subject").GetString()!.Length, 1, 99);
            Assert.Contains(incident.Incident.Id, message.GetProperty("Message").GetString(), StringComparison.Ordinal);
        });
        Assert.Contains("First: ", board.Messages[0].GetProperty("Message").GetString(), StringComparison.Ordinal);
        Assert.Contains($"responsekit approve {incident.Incident.Id}", board.Messages[1].GetProperty("Message").GetString(), StringComparison.Ordinal);
        Assert.Contains("alice approved it", board.Messages[2].GetProperty("Message").GetString(), StringComparison.Ordinal);
        var folder = $"incidents/{bed.Functions.Account.Id}/{incident.Incident.Id}/round-1/";
        var report = JsonElement.Parse(await TextAsync(s3, folder + "report.json"));
        Assert.Equal("alice", report.GetProperty("approvals")[0].GetProperty("decision").GetProperty("by").GetString());
        Assert.NotEqual(0, report.GetProperty("incident").GetProperty("case").GetProperty("observations").GetArrayLength());
        Assert.Contains(
            report.GetProperty("receipts").EnumerateArray().SelectMany(receipt => receipt.GetProperty("steps").EnumerateArray()), step => step.TryGetProperty("before", out _));
        Assert.Contains("alice approved it", await TextAsync(s3, folder + "report.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_nobody_can_be_told_and_nothing_kept_the_attack_is_contained_all_the_same_and_the_logs_say_so()
    {
        var settings = new List<(string, string)>();
        await using var bed = await StateMachineBed.CreateAsync(emulator, Enforce, settings);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Functions.Hub);
        settings.AddRange([("RESPONSEKIT_TOPIC", board.Topic), ("RESPONSEKIT_EVIDENCE_BUCKET", "nowhere")]);
        await bed.Functions.Hub.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Error, Service = "sns", Action = "Publish", Code = "AuthorizationError", Status = 403 });
        await Mallory.AttackAsync(bed.Functions);

        var (incident, _) = await Mallory.TriageAsync(bed, Enforce, ("RESPONSEKIT_TOPIC", board.Topic));
        var ended = await bed.EndOfAsync(incident.ResponseName);

        Assert.Equal(Amazon.StepFunctions.ExecutionStatus.SUCCEEDED, ended.Status);
        Assert.Equal((StatusType.Inactive, "INACTIVE"), (await Mallory.KeyStatusAsync(bed.Functions), await Mallory.ClusterAsync(bed.Functions)));
        Assert.Empty(board.Messages);
        Assert.All(["evidence.failed", "notice.failed"], what => Assert.Contains(bed.Bridge.LogOf("report"), line => line.Contains(what, StringComparison.Ordinal)));
    }

    private async Task<AmazonS3Client> BucketAsync(TestAccount hub)
    {
        var config = emulator.Settings.For(new AmazonS3Config(), FunctionBed.Region);
        config.ForcePathStyle = true;
        var s3 = new AmazonS3Client(new BasicAWSCredentials("AKIAROOT" + hub.Id, "any"), config);
        await s3.PutBucketAsync(new PutBucketRequest { BucketName = Bucket, ObjectLockEnabledForBucket = true });
        return s3;
    }

    private static async Task<string> TextAsync(AmazonS3Client s3, string key)
    {
        using var answer = await s3.GetObjectAsync(new GetObjectRequest { BucketName = Bucket, Key = key, ChecksumMode = ChecksumMode.ENABLED });
        Assert.NotNull(answer.ChecksumSHA256);
        using var reader = new StreamReader(answer.ResponseStream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }

    private static string? Attribute(JsonElement message, string name) => message.GetProperty("MessageAttributes").GetProperty(name).GetProperty("Value").GetString();
}
