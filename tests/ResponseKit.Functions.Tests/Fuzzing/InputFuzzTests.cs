using System.Text;
using System.Text.Json;
using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Detections;
using ResponseKit.Functions.Steps;
using ResponseKit.Policy;
using ResponseKit.Records;
using ResponseKit.Response;
using ResponseKit.Rules;
using ResponseKit.Testing.Fuzzing;
using Xunit.Abstractions;

namespace ResponseKit.Functions.Tests.Fuzzing;

/// <summary>Whatever is written into records, the policy file and payloads: it is read or refused with a reason.</summary>
public sealed class InputFuzzTests(ITestOutputHelper output)
{
    private static readonly ResponsePolicy Policy = new();
    private static readonly List<DetectionExample> Examples = [.. DetectionCatalogue.All.SelectMany(detection => detection.Examples)];
    private static readonly List<string> Bare = [.. Examples.Where(example => !example.IsServiceEvent).Select(example => example.ToRecordJson())];
    private static readonly List<string> Enveloped = [.. Bare.Select(json => Encoding.UTF8.GetString(TriageJson.Envelop(JsonElement.Parse(json))))];
    private static readonly List<string> OfServices = [.. Examples.Where(example => example.IsServiceEvent).Select(example => example.ToRecordJson())];

    private readonly FuzzRun fuzz = new(output);

    [Fact]
    public void Records_of_logs() => fuzz.Try("records of logs", mutator => mutator.Mutate(mutator.OneOf(Bare)), Observed);

    [Fact]
    public void Events_of_CloudTrail() => fuzz.Try("events of CloudTrail", mutator => mutator.Mutate(mutator.OneOf(Enveloped)), Observed);

    [Fact]
    public void Findings_of_GuardDuty_and_notices_of_Health() => fuzz.Try("findings and notices", mutator => mutator.Mutate(mutator.OneOf(OfServices)), Observed);

    [Fact]
    public void Policy_files()
    {
        List<string> files =
        [
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "responsekit.json")), """{"mode":"enforce","guards":{"protectedPrincipals":["arn:aws:iam::111122223333:role/Break"],"approvalHours":4}}""",
            """{"correlation":{"containAt":60,"caps":{"recon":10}},"detections":{"overrides":{}}}""", """{"guards":{"changeWindows":[{"from":"2025-11-02T10:00:00Z","to":"2025-11-02T12:00:00Z"}]}}""",
        ];
        fuzz.Try("policy files", mutator => mutator.Mutate(mutator.OneOf(files)), bytes => PolicyFile.Parse(Encoding.UTF8.GetString(bytes)) switch
        {
            PolicyResult.Refused refused => (string.Join('\n', refused.Errors), ""),
            PolicyResult.Loaded loaded => (null, loaded.Policy.Mode.ToString()),
            _ => ("", ""),
        });
    }

    [Fact]
    public void Requests_to_actions()
    {
        var actions = ActionCatalogue.All.Select(action => action.Descriptor).ToList();
        List<string> requests =
        [
            """{"mode":"plan","account":"111122223333","region":"us-east-1","target":"arn:aws:iam::111122223333:user/ci","reason":"INC-42"}""",
            """{"mode":"apply","account":"111122223333","region":"us-east-1","targets":["i-0123456789abcdef0","i-0123456789abcdef1"],"reason":"INC-42","incident":"inc-1","options":{"a":"b"}}""",
            """{"mode":"revert","account":"111122223333","region":"us-east-1","target":"shop","reason":"x","receipt":"rcp-1"}""",
            """{"mode":"verify","account":"111122223333","region":"us-east-1","target":"arn:aws:lambda:us-east-1:111122223333:function:shop","reason":"x"}""",
        ];
        fuzz.Try("requests to actions", mutator => mutator.Mutate(mutator.OneOf(requests)), bytes =>
        {
            var (taken, seen) = (false, new StringBuilder());
            foreach (var action in actions)
            {
                switch (ActionRequestParser.Parse(bytes, action))
                {
                    case ActionRequestResult.Valid valid:
                        seen.Append(valid.Request.ToJson());
                        taken = true;
                        break;
                    case ActionRequestResult.Invalid invalid:
                        Assert.NotEmpty(invalid.Errors);
                        Assert.All(invalid.Errors, problem => Assert.NotEqual("", problem.Problem));
                        break;
                }
            }

            return (taken ? null : "no action takes it", seen.ToString());
        });
    }

    [Fact]
    public void Steps_of_responses() => fuzz.Try(
        "steps of responses", mutator => mutator.Mutate("""{"incident":"inc-20251102-100000-0123456789ab","round":1,"look":0,"error":{"Error":"x","Cause":"y"}}"""), bytes =>
        {
            try
            {
                return (null, StepInput.Read(bytes).ToString());
            }
            catch (ArgumentException refused)
            {
                return (refused.Message, "");
            }
        });

    // A record is parsed, looked at by all that listen to it, and its delivery told.
    private static (string? Refusal, string Seen) Observed(byte[] bytes)
    {
        switch (RecordParser.Parse(bytes))
        {
            case ParseResult.Rejected rejected:
                return (rejected.Reason, "");
            case ParseResult.Parsed(var record):
                var seen = new StringBuilder().Append(record.Actor.Key).Append(RuleDelivery.WithoutReads(record));
                if (Observer.Observe(record, Policy) is { } observation)
                    seen.Append(JsonSerializer.Serialize(observation, CaseJson.Default.Observation));
                return (null, seen.ToString());
            default:
                return ("", "");
        }
    }
}
