using System.Diagnostics;
using ResponseKit.Emulator;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>A function whose calls are not answered says so before Lambda ends it, and is there for the next invocation.</summary>
public sealed class DeadlineTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private static readonly TimeSpan Given = TimeSpan.FromSeconds(4);

    public static TheoryData<string, string, string> Functions => new()
    {
        { "triage", "", "The event was not judged" },
        { "plan", """{"incident":"inc-20251102-100000-0123456789ab","round":1,"look":0}""", "Nothing was changed in AWS" },
        { "look", """{"incident":"inc-20251102-100000-0123456789ab","round":1,"look":0}""", "Nothing was changed in AWS" },
        { "report", """{"incident":"inc-20251102-100000-0123456789ab","round":1,"look":0}""", "What was done in AWS stands" },
        { "approval", """{"incident":"inc-20251102-100000-0123456789ab","decision":"reject","by":"ana","reason":"not ours"}""", "may or may not have been kept" },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task What_takes_too_long_is_given_up_in_time_and_told(string function, string payload, string said)
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var process = bed.Start(function);
        var bytes = payload.Length == 0 ? Record(bed) : Payload.Of(payload);
        // A first invocation is slower, and may not be answered as a later one.
        await process.InvokeAsync(bytes);
        await bed.Hub.AddFaultAsync(new EmulatorFault { Kind = EmulatorFaultKind.Latency, Service = "dynamodb", DelayMilliseconds = 20_000, Times = 1 });

        var watch = Stopwatch.StartNew();
        var answer = await process.InvokeAsync(bytes, Given, CancellationToken.None);
        var took = watch.Elapsed;

        Assert.False(answer.Succeeded, answer.Text);
        var message = answer.Json().GetProperty("errorMessage").GetString();
        Assert.Contains("ran out within a call to AWS", message, StringComparison.Ordinal);
        Assert.Contains(said, message, StringComparison.Ordinal);
        Assert.InRange(took, TimeSpan.FromSeconds(2), Given + TimeSpan.FromSeconds(4));
        Assert.False(process.HasEnded);
        Assert.DoesNotContain("ran out within", (await process.InvokeAsync(bytes)).Text, StringComparison.Ordinal);
    }

    private static byte[] Record(FunctionBed bed) => TriageJson.Envelop(System.Text.Json.JsonElement.Parse(
        $$"""
        {"eventVersion":"1.11","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLEEXAMPLE01","arn":"arn:aws:iam::{{bed.Account.Id}}:user/mallory","accountId":"{{bed.Account.Id}}",
        "accessKeyId":"AKIAEXAMPLEEXAMPLE01","userName":"mallory"},"eventTime":"2025-11-02T10:00:00Z","eventSource":"iam.amazonaws.com","eventName":"CreateUser","awsRegion":"us-east-1",
        "sourceIPAddress":"203.0.113.7","userAgent":"example","requestParameters":{"userName":"x"},"responseElements":null,"requestID":"00000000-0000-4000-8000-000000000001",
        "eventID":"00000000-0000-4000-8000-000000000002","readOnly":false,"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"{{bed.Account.Id}}","eventCategory":"Management"}
        """));
}
