using FsCheck.Fluent;
using ResponseKit.Detections;
using ResponseKit.Policy;
using ResponseKit.Tests.Detections;

namespace ResponseKit.Tests.Policy;

public sealed class PolicyFileTests
{
    private static ResponsePolicy Loaded(string text) => PolicyFile.Parse(text) is PolicyResult.Loaded(var policy)
        ? policy
        : throw new InvalidOperationException(PolicyFile.Parse(text).ToString());

    private static PolicyError Error(string text) => Assert.Single(Assert.IsType<PolicyResult.Refused>(PolicyFile.Parse(text)).Errors);

    [Fact]
    public void An_empty_object_is_the_default_policy()
    {
        var policy = Loaded("{}");
        Assert.Equal(ResponseMode.Observe, policy.Mode);
        Assert.Equal((60, 10, 40, 80), (policy.Correlation.WindowMinutes, policy.Correlation.RushMinutes, policy.Correlation.WatchAt, policy.Correlation.ContainAt));
        Assert.Equal((10, 64, 20), (policy.Detections.LaunchCount, policy.Detections.LaunchVcpus, policy.Detections.AutoScalingGroupSize));
        Assert.Equal((1000, 500), (policy.Guards.MaxInstancesPerIncident, policy.Guards.MaxResourcesPerIncident));
        Assert.Empty(policy.Guards.ProtectedPrincipals);
    }

    [Fact]
    public void The_file_that_comes_with_ResponseKit_is_the_default_policy_written_out()
    {
        var policy = Loaded(File.ReadAllText(Path.Combine(Sources.Root, "responsekit.json")));
        var initial = new ResponsePolicy();
        Assert.Equal(initial.Mode, policy.Mode);
        Assert.Equal(initial.Correlation.Caps, policy.Correlation.Caps);
        Assert.Equal(initial.Correlation, policy.Correlation with { Caps = initial.Correlation.Caps });
        Assert.Equal(initial.Brake, policy.Brake);
        Assert.Equal(initial.Detections, policy.Detections with
        {
            ApprovedImages = initial.Detections.ApprovedImages,
            ApprovedInstanceFamilies = initial.Detections.ApprovedInstanceFamilies,
            ApprovedRegions = initial.Detections.ApprovedRegions,
            KnownAccounts = initial.Detections.KnownAccounts,
            Deployers = initial.Detections.Deployers,
        });
        Assert.Empty(policy.Detections.KnownAccounts);
        Assert.Empty(policy.ChangeWindows);
        Assert.Empty(policy.Guards.ForensicHolds);
        Assert.Null(policy.Guards.ForensicHoldTag);
        Assert.Equal(initial.Guards.MaxInstancesPerIncident, policy.Guards.MaxInstancesPerIncident);
        Assert.Equal(initial.Guards.MaxResourcesPerIncident, policy.Guards.MaxResourcesPerIncident);
    }

    [Fact]
    public void Every_key_is_read()
    {
        var policy = Loaded("""
            { "$schema": "./responsekit.schema.json", "mode": "enforce",
              "correlation": { "windowMinutes": 61, "longWindowMinutes": 62, "rushMinutes": 11, "watchAt": 31, "containAt": 91, "caps": { "recon": 1, "permissionProbing": 2, "provisioning": 3,
                "persistence": 4, "obstruction": 5, "novelty": 6, "externalFinding": 7 } },
              "detections": { "approvedImages": ["public.ecr.aws/a"], "approvedInstanceFamilies": ["t3"], "approvedRegions": ["eu-west-3"], "knownAccounts": ["444455556666"],
                "deployers": ["arn:aws:iam::*:role/deploy"], "launchCount": 1, "launchVcpus": 2,
                "autoScalingGroupSize": 3, "ecsTaskCount": 4, "ecsTaskCpuUnits": 5 },
              "guards": { "protectedPrincipals": ["arn:aws:iam::*:role/a-*", "arn:aws:iam::111122223333:user/b"], "responders": ["arn:aws:iam::*:role/ir/responder"],
                "responsekitRoles": ["arn:aws:iam::111122223333:role/rk"], "exemptAccounts": ["111122223333"], "forensicHolds": ["i-0a1b2c3d4e5f60718", "444455556666"], "forensicHoldTag": "Evidence", "maxInstancesPerIncident": 0,
                "maxResourcesPerIncident": 6, "maxAlteredPerIncident": 7, "approvalFor": ["ec2.terminate-instances"] } }
            """);
        Assert.Equal(ResponseMode.Enforce, policy.Mode);
        Assert.Equal((61, 11, 31, 91), (policy.Correlation.WindowMinutes, policy.Correlation.RushMinutes, policy.Correlation.WatchAt, policy.Correlation.ContainAt));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], Enum.GetValues<SignalCategory>().Select(category => policy.Correlation.Caps[category]));
        var detections = policy.Detections;
        Assert.Equal(62, policy.Correlation.LongWindowMinutes);
        Assert.Equal(
            ["public.ecr.aws/a", "t3", "eu-west-3", "arn:aws:iam::*:role/deploy"],
            detections.ApprovedImages.Concat(detections.ApprovedInstanceFamilies).Concat(detections.ApprovedRegions).Concat(detections.Deployers.Select(pattern => pattern.Text)));
        Assert.Equal(
            (1, 2, 3, 4, 5), (detections.LaunchCount, detections.LaunchVcpus, detections.AutoScalingGroupSize, detections.EcsTaskCount, detections.EcsTaskCpuUnits));
        Assert.Equal("444455556666", Assert.Single(detections.KnownAccounts));
        var guards = policy.Guards;
        Assert.Equal(2, guards.ProtectedPrincipals.Length);
        Assert.Equal(
            ["arn:aws:iam::*:role/ir/responder", "arn:aws:iam::111122223333:role/rk", "111122223333", "ec2.terminate-instances"],
            [.. guards.Responders.Concat(guards.ResponsekitRoles).Select(pattern => pattern.Text), .. guards.ExemptAccounts, .. guards.ApprovalFor]);
        Assert.Equal(["i-0a1b2c3d4e5f60718", "444455556666", "Evidence"], guards.ForensicHolds.Append(guards.ForensicHoldTag));
        Assert.Equal((0, 6, 7), (guards.MaxInstancesPerIncident, guards.MaxResourcesPerIncident, guards.MaxAlteredPerIncident));
    }

    [Theory]
    [InlineData("observe", ResponseMode.Observe)]
    [InlineData("approve", ResponseMode.Approve)]
    public void Knows_the_modes(string text, ResponseMode mode) => Assert.Equal(mode, Loaded($$"""{"mode":"{{text}}"}""").Mode);

    [Fact]
    public void An_error_names_line_key_and_what_is_accepted()
    {
        var error = Error("{\n  \"guards\": {\n\n    \"exemptAccounts\": [\n      \"111122223333\",\n      \"1234\"\n    ]\n  }\n}");
        Assert.Equal(new PolicyError(6, "guards.exemptAccounts[1]", "It is '1234'.", "account ids, twelve digits in quotes"), error);
        Assert.Equal("line 6, guards.exemptAccounts[1]: It is '1234'. Accepted: account ids, twelve digits in quotes.", error.ToString());
    }

    [Theory]
    [InlineData("""{"mode":"destroy"}""", "mode", "It is 'destroy'.", "observe, approve or enforce")]
    [InlineData("""{"mode":true}""", "mode", "It is true.", "observe, approve or enforce")]
    [InlineData("""{"mode":null}""", "mode", "It is null.", "observe, approve or enforce")]
    [InlineData("""{"correlation":{"windowMinutes":"60"}}""", "correlation.windowMinutes", "It is '60'.", "a whole number from 1 to 1440")]
    [InlineData("""{"correlation":{"windowMinutes":0}}""", "correlation.windowMinutes", "It is 0.", "a whole number from 1 to 1440")]
    [InlineData("""{"correlation":{"windowMinutes":1441}}""", "correlation.windowMinutes", "It is 1441.", "a whole number from 1 to 1440")]
    [InlineData("""{"correlation":{"windowMinutes":1.5}}""", "correlation.windowMinutes", "It is a number that is no whole number.", "a whole number from 1 to 1440")]
    [InlineData("""{"correlation":7}""", "correlation", "It is 7, not an object.", "an object with some of windowMinutes, longWindowMinutes, rushMinutes, watchAt, containAt, watchUsdPerHour, containUsdPerHour, brakeUsdPerHour, caps")]
    [InlineData("""{"brake":{"minutes":0}}""", "brake.minutes", "It is 0.", "a whole number from 5 to 1440")]
    [InlineData("""{"brake":{"minutes":90,"longestMinutes":60}}""", "brake.minutes", "90 is more than longestMinutes.", "a number up to 60")]
    [InlineData("""{"guards":{"approvalFor":"x"}}""", "guards.approvalFor", "It is 'x', not a list.", "a list of ids of actions, such as ec2.terminate-instances")]
    [InlineData("""{"guards":{"approvalFor":{}}}""", "guards.approvalFor", "It is an object, not a list.", "a list of ids of actions, such as ec2.terminate-instances")]
    [InlineData("""{"guards":{"approvalFor":[[]]}}""", "guards.approvalFor[0]", "It is a list.", "ids of actions, such as ec2.terminate-instances")]
    [InlineData("""{"detections":{"launchCount":0}}""", "detections.launchCount", "It is 0.", "a whole number from 1 to 1000000")]
    [InlineData("""{"moed":"enforce"}""", "moed", "There is no such key.", "one of mode, correlation, brake, detections, guards, changeWindows")]
    [InlineData("""{"guards":{"protected":[]}}""", "guards.protected", "There is no such key.", "one of protectedPrincipals, responders, deployers, responsekitRoles, exemptAccounts, forensicHolds, forensicHoldTag, approvalFor, approvers, unprovenApprovals, approvalHours, maxInstancesPerIncident, maxResourcesPerIncident, maxAlteredPerIncident")]
    [InlineData("""{"mode":"observe","mode":"enforce"}""", "mode", "It is there twice; first on line 1.", "each key once")]
    [InlineData("""{"Mode":"observe"}""", "Mode", "There is no such key.", "one of mode, correlation, brake, detections, guards, changeWindows")]
    [InlineData("[]", "(file)", "It is a list, not an object.", "an object with some of mode, correlation, brake, detections, guards, changeWindows")]
    [InlineData("""{"correlation":{"watchAt":80}}""", "correlation.watchAt", "80 is not below containAt.", "a number below 80")]
    [InlineData("""{"correlation":{"rushMinutes":61}}""", "correlation.rushMinutes", "61 is more than windowMinutes.", "a number up to 60")]
    [InlineData("""{"correlation":{"caps":{"recon":80}}}""", "correlation.caps.recon", "80 would let one category alone contain.", "a number below containAt, which is 80")]
    public void A_wrong_value_is_refused(string text, string key, string problem, string accepts) => Assert.Equal(new PolicyError(1, key, problem, accepts), Error(text));

    [Fact]
    public void A_wrong_combination_names_the_line_of_what_is_written()
    {
        var errors = Assert.IsType<PolicyResult.Refused>(PolicyFile.Parse("{\n\"correlation\":{\n\"containAt\":50,\n\"watchAt\":50,\n\"caps\":{\n\"recon\":60}}}")).Errors;
        Assert.Equal([("correlation.watchAt", 4), ("correlation.caps.recon", 6)], errors.Select(error => (error.Key, error.Line)));
    }

    [Fact]
    public void What_is_left_out_follows_a_lower_threshold()
    {
        var correlation = Loaded("""{"correlation":{"containAt":30,"windowMinutes":5}}""").Correlation;
        Assert.Equal((29, 5, 20), (correlation.WatchAt, correlation.RushMinutes, correlation.Caps[SignalCategory.Recon]));
        Assert.All(correlation.Caps.Values, cap => Assert.InRange(cap, 0, 29));
    }

    [Theory]
    [InlineData("protectedPrincipals", "break-glass")]
    [InlineData("protectedPrincipals", "arn:aws:sts::111122223333:assumed-role/a/b")]
    [InlineData("protectedPrincipals", "arn:aws:iam:us-east-1:111122223333:role/a")]
    [InlineData("protectedPrincipals", "arn:aws:iam::111122223333:group/a")]
    [InlineData("protectedPrincipals", "arn:aws:iam::111122223333:role/a b")]
    [InlineData("protectedPrincipals", "arn:aws:iam::aws:role/a")]
    [InlineData("protectedPrincipals", "arn:aws:iam::111122223333:*")]
    [InlineData("protectedPrincipals", "arn:*:iam::111122223333:role/a")]
    [InlineData("responders", "arn:aws:sts::111122223333:assumed-role/a/b")]
    [InlineData("responders", "arn:aws:iam::111122223333:role/abc*")]
    [InlineData("responders", "arn:aws:iam::111122223333:role/abcd*e")]
    [InlineData("responders", "arn:aws:iam::111122223333:role/abcd?")]
    [InlineData("responders", "arn:aws:iam::111122223333:role/ops/**")]
    [InlineData("responders", "arn:aws:iam::*:role/*/responder")]
    [InlineData("responsekitRoles", "arn:aws:iam::*:role/rk")]
    [InlineData("responsekitRoles", "arn:aws:iam::111122223333:user/rk")]
    [InlineData("responsekitRoles", "arn:aws:iam::111122223333:role/*/rk")]
    [InlineData("responders", "arn:aws:iam::111122223333:role/*")]
    [InlineData("responders", "arn:aws:iam::1111*:role/a")]
    [InlineData("responders", "arn:aws:iam::111122223333:user/a")]
    [InlineData("responders", "arn:aws:iam::111122223333:role/x?/a")]
    [InlineData("responders", "arn:*:iam::111122223333:role/a")]
    [InlineData("responders", "arn:aws:iam:us-east-1:111122223333:role/a")]
    [InlineData("responsekitRoles", "arn:aws:iam::111122223333:role/rk-*")]
    [InlineData("approvalFor", "Terminate Everything")]
    public void A_pattern_that_could_never_match_or_matches_too_much_is_refused(string key, string value) =>
        Assert.Equal($"guards.{key}[0]", Error($$"""{"guards":{"{{key}}":["{{value}}"]} }""").Key);

    [Theory]
    [InlineData("""{"detections":{"deployers":["arn:aws:iam::111122223333:role/*"]}}""", "detections.deployers[0]")]
    [InlineData("""{"detections":{"deployers":["arn:aws:iam::111122223333:user/**"]}}""", "detections.deployers[0]")]
    [InlineData("""{"detections":{"deployers":["arn:aws:iam::*:role/?*/*"]}}""", "detections.deployers[0]")]
    public void A_pattern_that_would_exempt_everybody_is_refused(string text, string key) =>
        Assert.Equal((key, true), (Error(text).Key, Error(text).Problem.Contains("exempt everybody", StringComparison.Ordinal)));

    [Fact]
    public void A_pattern_that_is_refused_is_named_with_line_and_key_and_the_right_form()
    {
        var error = Error("{\n\"guards\":{\n\"responders\":[\n\"arn:aws:iam::*:role/stacksets-exec-*\",\n\"arn:aws:sts::111122223333:assumed-role/ops/me\"]}}");
        Assert.Equal((5, "guards.responders[1]"), (error.Line, error.Key));
        Assert.Equal(
            "It is 'arn:aws:sts::111122223333:assumed-role/ops/me'. It is the ARN of a session, and sessions come and go. Write the role's: arn:aws:iam::111122223333:role/NAME.",
            error.Problem);
        Assert.Contains("arn:aws:iam::111122223333:role/ops/responder", error.Accepts, StringComparison.Ordinal);
    }

    [Fact]
    public void An_action_that_does_not_exist_is_refused()
    {
        const string Text = """{"guards":{"approvalFor":["ec2.terminate-instances","ec2.terminat-instances"]}}""";
        Assert.IsType<PolicyResult.Loaded>(PolicyFile.Parse(Text));
        var error = Assert.Single(Assert.IsType<PolicyResult.Refused>(PolicyFile.Parse(Text, ["ec2.terminate-instances", "ec2.a"])).Errors);
        Assert.Equal(("guards.approvalFor", "There is no action 'ec2.terminat-instances'.", "some of ec2.a, ec2.terminate-instances"), (error.Key, error.Problem, error.Accepts));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("{\n\"mode\": \"observe\",\n}", 3)]
    [InlineData("{\n// a comment\n}", 2)]
    [InlineData("{}\n{}", 2)]
    [InlineData("{\"mode\":", 1)]
    [InlineData("{\"mode\"}", 1)]
    [InlineData("{\"guards\":{\"approvalFor\":[", 1)]
    public void What_is_no_plain_JSON_is_refused_with_the_line(string text, int line)
    {
        var error = Error(text);
        Assert.Equal((line, "(file)", "This is no JSON."), (error.Line, error.Key, error.Problem));
    }

    [Fact]
    public void Every_error_is_named_in_the_order_of_lines()
    {
        var refused = Assert.IsType<PolicyResult.Refused>(PolicyFile.Parse("{\n\"x\":1,\n\"mode\":1,\n\"guards\":{\"y\":2}}"));
        Assert.Equal([(2, "x"), (3, "mode"), (4, "guards.y")], refused.Errors.Select(error => (error.Line, error.Key)));
        Assert.Equal(3, refused.ToString().Split('\n').Length);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm() => Assert.Equal(ResponseMode.Enforce, Loaded("\uFEFF{\"mode\":\"enforce\"}").Mode);

    [Fact]
    public void A_file_of_endless_length_is_refused() => Assert.Contains("more than", Error("{\"x\":\"" + new string('x', 1 << 20) + "\"}").Problem, StringComparison.Ordinal);

    [Fact]
    public void Whatever_the_file_holds_it_is_loaded_or_refused_with_a_harmless_line() => Properties.Holds(
        from key in Properties.Hostile
        from value in Properties.Hostile
        select $"{{{System.Text.Json.JsonSerializer.Serialize(key)}:{System.Text.Json.JsonSerializer.Serialize(value)},\"\\ud800\":\"\\udc00\"}}",
        text => PolicyFile.Parse(text) is PolicyResult.Refused(var errors) && errors.All(error => !error.ToString().Any(char.IsControl)));
}
