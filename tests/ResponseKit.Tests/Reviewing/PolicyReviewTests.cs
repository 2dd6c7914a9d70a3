using ResponseKit.Policy;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Reviewing;
using ResponseKit.Tests.Detections;

namespace ResponseKit.Tests.Reviewing;

public sealed class PolicyReviewTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private static readonly ActionDescriptor[] Actions = [Action("iam.take-away", ResponseStage.ContainIdentity), Action("ec2.end-it", ResponseStage.Eradicate)];

    [Fact]
    public void The_file_that_comes_with_ResponseKit_has_no_warnings_in_the_mode_that_it_names() =>
        Assert.Empty(Review(File.ReadAllText(Path.Combine(Sources.Root, "responsekit.json"))).Warnings);

    [Fact]
    public void An_empty_file_has_no_warnings_in_the_default_mode() => Assert.Empty(Review("{}").Warnings);

    [Fact]
    public void A_file_that_is_ready_for_enforcing_has_no_warnings()
    {
        var review = Review("""
            { "guards": { "deployers": ["arn:aws:iam::111122223333:role/ship"], "responders": ["arn:aws:iam::111122223333:role/ir/oncall"],
              "protectedPrincipals": ["arn:aws:iam::*:user/break-glass"], "approvers": ["arn:aws:iam::111122223333:role/oncall-lead"] } }
            """, ResponseMode.Enforce);

        Assert.IsType<PolicyResult.Loaded>(review.Result);
        Assert.Empty(review.Warnings);
        Assert.Equal(ResponseMode.Enforce, review.Mode);
    }

    [Fact]
    public void What_a_deployment_would_refuse_in_the_mode_in_which_it_is_to_start_is_an_error()
    {
        var refused = Assert.IsType<PolicyResult.Refused>(Review("{}", ResponseMode.Enforce).Result);
        Assert.Equal("guards.deployers", Assert.Single(refused.Errors).Key);
        Assert.IsType<PolicyResult.Loaded>(Review("{}", ResponseMode.Approve).Result);
    }

    [Fact]
    public void A_file_that_is_refused_has_no_warnings()
    {
        var review = Review("""{ "guards": { "unprovenApprovals": true, "approvers": [7] } }""");
        Assert.IsType<PolicyResult.Refused>(review.Result);
        Assert.Empty(review.Warnings);
    }

    [Theory]
    [InlineData("""{"mode":"enforce"}""", "guards.approvers,guards.deployers,guards.protectedPrincipals,guards.responders")]
    [InlineData("""{"mode":"approve"}""", "guards.approvers")]
    [InlineData("""{"guards":{"approvalFor":["ec2.end-it"]}}""", "guards.approvers")]
    [InlineData("""{"guards":{"approvalFor":["ec2.end-it","iam.take-away"],"approvers":["arn:aws:iam::111122223333:role/lead"]}}""", "guards.approvalFor[1]")]
    [InlineData("""{"mode":"approve","guards":{"unprovenApprovals":true}}""", "guards.unprovenApprovals")]
    [InlineData("""{"guards":{"protectedPrincipals":["arn:aws:iam::*:role/keep-*","arn:aws:iam::*:role/*"]}}""", "guards.protectedPrincipals[1]")]
    [InlineData("""{"guards":{"protectedPrincipals":["arn:aws:iam::111122223333:user/**"]}}""", "guards.protectedPrincipals[0]")]
    [InlineData("""{"guards":{"responders":["arn:aws:iam::*:role/oncall-*"]}}""", "guards.responders[0]")]
    [InlineData("""{"guards":{"deployers":["arn:aws:iam::*:role/ship-it-*"]}}""", "guards.deployers[0]")]
    [InlineData("""{"detections":{"deployers":["arn:aws:iam::111122223333:role/ok","arn:aws:iam::111122223333:user/ci"]}}""", "detections.deployers[1]")]
    [InlineData("""{"detections":{"deployers":["arn:aws:iam::*:role/ship-*"]}}""", "detections.deployers[0]")]
    [InlineData("""{"guards":{"forensicHoldTag":"Evidence"}}""", "guards.forensicHoldTag")]
    [InlineData("""{"guards":{"maxInstancesPerIncident":0,"maxResourcesPerIncident":0}}""", "guards.maxInstancesPerIncident,guards.maxResourcesPerIncident")]
    [InlineData("""{"guards":{"maxAlteredPerIncident":50}}""", "guards.maxAlteredPerIncident")]
    [InlineData("""{"correlation":{"containAt":661}}""", "correlation.containAt")]
    [InlineData("""{"correlation":{"containAt":39}}""", "correlation.containAt")]
    [InlineData("""{"correlation":{"caps":{"novelty":0}}}""", "correlation.caps.novelty")]
    [InlineData("""{"correlation":{"windowMinutes":9}}""", "correlation.windowMinutes")]
    [InlineData("""{"brake":{"longestMinutes":29}}""", "brake.longestMinutes")]
    [InlineData("""{"correlation":{"watchUsdPerHour":501}}""", "correlation.watchUsdPerHour")]
    [InlineData("""{"correlation":{"containUsdPerHour":501}}""", "correlation.containUsdPerHour")]
    [InlineData("""{"detections":{"approvedInstanceFamilies":["t3","g5","trn1n","m7i"]}}""", "detections.approvedInstanceFamilies[1],detections.approvedInstanceFamilies[2]")]
    [InlineData("""{"detections":{"approvedImages":["docker.io/","public.ecr.aws","acme/","ghcr.io/acme/"]}}""", "detections.approvedImages[0],detections.approvedImages[1]")]
    [InlineData("""{"detections":{"ecsTaskCpuUnits":16385,"ecsTaskCount":11,"autoScalingGroupSize":21}}""", "detections.autoScalingGroupSize,detections.ecsTaskCount,detections.ecsTaskCpuUnits")]
    [InlineData("""{"changeWindows":[{"owner":"a","reason":"b","from":"2026-05-01T00:00Z","until":"2026-05-04T03:02:01Z","principals":["arn:aws:iam::*:role/x"]}]}""", "changeWindows[0]")]
    [InlineData("""{"changeWindows":[{"owner":"a","reason":"b","from":"2026-05-01T00:00Z","until":"2026-05-05T00:00Z","principals":["arn:aws:iam::*:role/x-*"]}]}""", "changeWindows[0]")]
    public void Warns_of_what_is_dangerous_or_does_nothing(string text, string keys) =>
        Assert.Equal(keys.Split(','), Review(text).Warnings.Select(warning => warning.Key).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("""{"guards":{"maxAlteredPerIncident":49}}""")]
    [InlineData("""{"correlation":{"containAt":660}}""")]
    [InlineData("""{"correlation":{"containAt":40}}""")]
    [InlineData("""{"correlation":{"windowMinutes":10}}""")]
    [InlineData("""{"correlation":{"watchUsdPerHour":500,"containUsdPerHour":500}}""")]
    [InlineData("""{"detections":{"approvedImages":["nginx","111122223333.dkr.ecr.eu-west-1.amazonaws.com/"]}}""")]
    [InlineData("""{"detections":{"ecsTaskCpuUnits":16384,"ecsTaskCount":10,"autoScalingGroupSize":20}}""")]
    [InlineData("""{"guards":{"responders":["arn:aws:iam::*:role/oncall","arn:aws:iam::111122223333:role/ir-oncall-*"]}}""")]
    [InlineData("""{"changeWindows":[{"owner":"a","reason":"b","from":"2026-05-01T00:00Z","until":"2026-05-04T03:02:02Z","principals":["arn:aws:iam::*:role/x"]}]}""")]
    public void Does_not_warn_of_what_is_just_right(string text) => Assert.Empty(Review(text).Warnings);

    [Fact]
    public void A_warning_names_the_line_of_the_item_or_key_or_else_of_the_object_around_it()
    {
        var review = Review("""
            {
              "mode": "approve",
              "detections": {
                "approvedInstanceFamilies": [
                  "t3",
                  "p5"
                ]
              },
              "guards": {
                "maxInstancesPerIncident": 0
              }
            }
            """);

        Assert.Equal(
            [(6, "detections.approvedInstanceFamilies[1]"), (9, "guards.approvers"), (10, "guards.maxInstancesPerIncident")],
            review.Warnings.Select(warning => (warning.Line, warning.Key)));
        Assert.StartsWith("line 6, detections.approvedInstanceFamilies[1]: p5 is what miners want", review.Warnings[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_warning_in_a_mode_that_a_deployment_starts_in_is_about_that_mode()
    {
        Assert.Equal(["guards.approvers"], Review("{}", ResponseMode.Approve).Warnings.Select(warning => warning.Key));
        Assert.Empty(Review("""{"mode":"approve"}""", ResponseMode.Observe).Warnings);
    }

    [Fact]
    public void Every_warning_is_of_a_key_that_there_is_and_made_of_sentences()
    {
        var warnings = Review("""
            {"mode":"enforce","guards":{"unprovenApprovals":true,"forensicHoldTag":"x","maxInstancesPerIncident":0,"maxAlteredPerIncident":99},"detections":{"ecsTaskCount":99,"approvedImages":["quay.io"]},
             "correlation":{"watchUsdPerHour":900,"caps":{"recon":0}}}
            """).Warnings;

        Assert.True(warnings.Length > 8);
        Assert.All(warnings, warning =>
        {
            Assert.Contains(PolicyFile.Keys, key => key == warning.Key.Split('[')[0]);
            Assert.EndsWith(".", warning.Problem, StringComparison.Ordinal);
            Assert.EndsWith(".", warning.Advice, StringComparison.Ordinal);
        });
    }

    private static PolicyReview Review(string text, ResponseMode? started = null) => PolicyReview.Of(text, Actions, started, Now);

    private static ActionDescriptor Action(string id, ResponseStage stage) => new()
    {
        Id = id,
        Title = id,
        Summary = "",
        Target = ResourceKind.IamUser,
        Stage = stage,
        Triggers = [],
        BlastRadius = "",
        Reversibility = new Reversibility.Reversible(),
        Permissions = new([], [], []),
    };
}
