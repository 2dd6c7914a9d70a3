using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ResponseKit.Emulator;

namespace ResponseKit.Cli.Tests.Drill;

/// <summary>The drill's time line says only what the emulated AWS has seen: each sentence is held against the calls that arrived.</summary>
[Collection(KeptDrillTests.Name)]
public sealed class TimelineTests(KeptDrill drill)
{
    private const string User = "user-[a-z0-9]+";
    private const string Role = "[A-Za-z]+-[a-z0-9]+";

    /// <summary>What each of the actor's sentences claims. A new sentence needs a line here.</summary>
    private static readonly ImmutableArray<(string Sentence, Func<Match, Seen, bool> IsTrue)> Claims =
    [
        ("^has the access key of the IAM user (?<user>[a-z-]+)$", (said, seen) => seen.Any("sts:GetCallerIdentity", ("by", $":user/machines/{said.Groups["user"]}"))),
        ("^probed identity, vCPU quotas and RunInstances \\(DryRun\\) in (?<regions>\\d+) regions$", (said, seen) =>
            seen.Any("sts:GetCallerIdentity")
            && seen.Regions("servicequotas:GetServiceQuota") == Number(said, "regions")
            && seen.Regions("ec2:RunInstances", failedWith: "DryRunOperation") == Number(said, "regions")),
        ($"^created the user (?<name>{User}) with a key, a password and AmazonSESFullAccess$", (said, seen) =>
            seen.Any("iam:CreateUser", said) && seen.Any("iam:CreateAccessKey", said) && seen.Any("iam:CreateLoginProfile", said)
            && seen.Any("iam:AttachUserPolicy", said, "AmazonSESFullAccess")),
        ($"^created the administrator role (?<name>{Role}), open to account (?<account>\\d+), and entered it$", (said, seen) =>
            seen.Any("iam:CreateRole", said, said.Groups["account"].Value) && seen.Any("iam:AttachRolePolicy", said, "AdministratorAccess")
            && seen.Any("sts:AssumeRole", said)),
        ("^opened the Lambda function (?<name>fn-[a-z0-9]+) to everybody, by URL and by Invoke$", (said, seen) =>
            seen.Any("lambda:CreateFunction", said) && seen.Any("lambda:CreateFunctionUrlConfig", said, "NONE")
            && seen.Any("lambda:AddPermission", said, "lambda:InvokeFunctionUrl") && seen.Any("lambda:AddPermission", said, "lambda:InvokeFunction\"")),
        ("^(?<made>\\d+) of (?<all>\\d+) ECS clusters are mining, (?<tasks>\\d+) Fargate tasks of 16 vCPU each$", (said, seen) =>
            Number(said, "made") <= Number(said, "all")
            && seen.Count("ecs:CreateService", "FARGATE", $"\"desiredCount\":{said.Groups["tasks"]}") == Number(said, "all")
            && seen.Count("ecs:RegisterTaskDefinition", "\"16384\"") == Number(said, "all")),
        ("^created (?<templates>\\d+) launch templates with start-up scripts in each region$", (said, seen) =>
            seen.Count("ec2:CreateLaunchTemplate", "UserData") == Number(said, "templates") * seen.Regions("ec2:CreateLaunchTemplate")),
        ("^created (?<groups>\\d+) Auto Scaling groups, (?<least>\\d+) to (?<most>\\d+) instances each$", (said, seen) =>
            seen.Count("autoscaling:CreateAutoScalingGroup", said.Groups["least"].Value, said.Groups["most"].Value) == Number(said, "groups")),
        ("^switched termination protection on for all (?<instances>\\d+) instances$", (said, seen) =>
            seen.Count("ec2:ModifyInstanceAttribute", "isableApiTermination") == Number(said, "instances")),
        ("^tries to go on with .+: (?<error>\\w+)$", (said, seen) => seen.Refused(said.Groups["error"].Value)),
    ];

    [Fact]
    public void Every_sentence_about_the_actor_tells_of_calls_that_were_made()
    {
        var seen = new Seen([.. drill.Calls.Where(IsTheActors)]);

        Assert.All(Said("attacker"), sentence =>
        {
            var (pattern, isTrue) = Claims.SingleOrDefault(claim => Regex.IsMatch(sentence, claim.Sentence, RegexOptions.None, TimeSpan.FromSeconds(1)));
            Assert.True(pattern is not null, $"No line in Claims holds this sentence against the calls: {sentence}");
            Assert.True(isTrue(Regex.Match(sentence, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), seen), $"The calls say otherwise: {sentence}");
        });
    }

    [Fact]
    public void Every_claim_about_the_actor_is_made()
    {
        var said = Said("attacker").ToList();
        Assert.All(Claims, claim => Assert.Contains(said, sentence => Regex.IsMatch(sentence, claim.Sentence, RegexOptions.None, TimeSpan.FromSeconds(1))));
    }

    [Fact]
    public void What_the_responder_says_is_done_was_called()
    {
        var own = new Seen([.. drill.Calls.Where(call => call.Principal?.Contains(":assumed-role/ResponseKit", StringComparison.Ordinal) == true || IsOfFunctions(call))]);
        (string Title, string[] Calls)[] done =
        [
            ("Contain an IAM user", ["iam:UpdateAccessKey", "iam:AttachUserPolicy"]),
            ("Contain an IAM role", ["iam:PutRolePolicy"]),
            ("Lock down a Lambda function", ["lambda:PutFunctionConcurrency"]),
            ("Tear down an ECS cluster", ["ecs:DeleteCluster"]),
            ("Scale an Auto Scaling group to zero", ["autoscaling:UpdateAutoScalingGroup"]),
            ("Release EC2 termination and stop protection", ["ec2:ModifyInstanceAttribute"]),
            ("Delete an Auto Scaling group", ["autoscaling:DeleteAutoScalingGroup"]),
            ("Terminate EC2 instances", ["ec2:TerminateInstances"]),
        ];
        foreach (var sentence in Said("responder").Where(sentence => sentence.Contains(": done with ", StringComparison.Ordinal)))
        {
            var calls = done.Single(one => sentence.StartsWith(one.Title + ",", StringComparison.Ordinal)).Calls;
            Assert.All(calls, call => Assert.True(own.Any(call), $"{call} was never made: {sentence}"));
        }
    }

    private IEnumerable<string> Said(string side) => drill.Result.GetProperty("timeline").EnumerateArray()
        .Where(moment => moment.GetProperty("side").GetString() == side)
        .Select(moment => moment.GetProperty("text").GetString()!);

    private static bool IsOfFunctions(JournalCall call) => call.Principal?.Contains("responsekit", StringComparison.OrdinalIgnoreCase) == true;

    // Neither the administrator who prepares the account, nor the colleague who holds an instance for forensics.
    private static bool IsTheActors(JournalCall call) =>
        call.Key?.StartsWith("AKIAROOT", StringComparison.Ordinal) != true && !IsOfFunctions(call)
        && call.Principal?.Contains(":assumed-role/IncidentResponder/", StringComparison.Ordinal) != true;

    private static int Number(Match said, string group) => int.Parse(said.Groups[group].Value, CultureInfo.InvariantCulture);

    /// <summary>The calls of one side.</summary>
    private sealed class Seen(ImmutableArray<JournalCall> calls)
    {
        public bool Any(string call, (string What, string Ending) by) =>
            calls.Any(one => one.Call == call && one.Succeeded && one.Principal?.EndsWith(by.Ending, StringComparison.Ordinal) == true);

        public bool Any(string call, params string[] words) => Count(call, words) > 0;

        public bool Any(string call, Match said, params string[] words) => Any(call, [said.Groups["name"].Value, .. words]);

        public bool Refused(string error) => calls.Any(one => one.Call == "ecs:CreateCluster" && one.Error == error);

        public int Count(string call, params string[] words) => calls.Count(one => one.Call == call && one.Succeeded && words.All(word => Text(one).Contains(word, StringComparison.Ordinal)));

        public int Regions(string call, string? failedWith = null) =>
            calls.Where(one => one.Call == call && one.Error == failedWith).Select(one => one.Region).Distinct(StringComparer.Ordinal).Count();

        private static string Text(JournalCall call) => JsonSerializer.Serialize(call.Params);
    }
}
