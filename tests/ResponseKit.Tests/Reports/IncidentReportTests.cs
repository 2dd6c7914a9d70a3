using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Correlation;
using ResponseKit.Records;
using ResponseKit.Reports;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Response.Evidence;
using static ResponseKit.Tests.Correlation.Observations;
using static ResponseKit.Tests.Reports.Dossiers;

namespace ResponseKit.Tests.Reports;

public sealed partial class IncidentReportTests
{
    private const string Hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 | times: 7 }}[x](javascript:1)`<!--\u202E";

    private static readonly ResourceRef User = ResourceRef.Of(ResourceKind.IamUser, Account, "us-east-1", "ci-bot");
    private static readonly ResourceRef Cluster = ResourceRef.Of(ResourceKind.EcsCluster, Account, "us-east-1", "miner");
    private static readonly ResourceRef Definition = ResourceRef.Of(ResourceKind.EcsTaskDefinition, Account, "us-east-1", "miner:1");
    private static readonly ActionReceipt TearDown = Receipt(
        "ecs.tear-down-cluster", Cluster, 3, Step("task-definition/miner:1/deregister", "ecs:DeregisterTaskDefinition", "miner:1"), Step("cluster", "ecs:DeleteCluster", "miner"));

    [Fact]
    public void What_actors_choose_is_text_in_the_page_whatever_it_is()
    {
        var (tame, wild) = (Html(With("tame")), Html(With(Hostile)));

        Assert.Equal(Tag().Matches(tame).Select(tag => tag.Groups[1].Value), Tag().Matches(wild).Select(tag => tag.Groups[1].Value));
        Assert.DoesNotContain("<script", wild, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\u202E", wild, StringComparison.Ordinal);
        Assert.Contains("{{ 7 | times: 7 }}", System.Net.WebUtility.HtmlDecode(wild), StringComparison.Ordinal);
        Assert.DoesNotMatch("[^\\\\]\\[x\\]\\(javascript", File(With(Hostile), ".md"));
        // A line of Markdown is made by the template alone.
        Assert.Equal(File(With("tame"), ".md").Count(character => character == '\n'), File(With(Hostile), ".md").Count(character => character == '\n'));
    }

    [Fact]
    public void The_page_loads_nothing_and_runs_nothing()
    {
        var page = Html(With("tame"));

        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)(src=|<link|@import|url\\(|https?:|<script|<iframe| on[a-z]+=)", page);
    }

    [Theory]
    [InlineData("=HYPERLINK(1)")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(1)")]
    public void No_spreadsheet_takes_an_indicator_for_a_formula(string program)
    {
        var csv = File(Of(Case(Signalled("e1", 0, SignalCategory.Recon, 5) with { From = new CallSource("203.0.113.7", program) })), ".indicators.csv");

        Assert.Contains($"\"program\",\"'{program}\",\"2025-11-02 10:00:00\"", csv, StringComparison.Ordinal);
        Assert.Contains("\"address\",\"203.0.113.7\"", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_action_took_down_on_its_way_counts_as_seen_to()
    {
        var file = Case(Made("e1", 0, Cluster), Made("e2", 0, Definition), Made("e3", 1, ResourceRef.Of(ResourceKind.LambdaFunction, Account, "us-east-1", "door")));

        var groups = IncidentReports.Of(Of(file, [TearDown])).Resources.ToDictionary(group => group.What, group => group.Became, StringComparer.Ordinal);

        Assert.Equal("ecs.tear-down-cluster: 1", groups["1 ECS cluster made in us-east-1"]);
        Assert.Equal("ecs.tear-down-cluster: 1", groups["1 ECS task definition made in us-east-1"]);
        Assert.Equal("no action: 1", groups["1 Lambda function made in us-east-1"]);
        Assert.Contains(Definition, EndedParts.Of([TearDown]));
    }

    [Fact]
    public void What_was_undone_or_cannot_be_verified_ended_nothing()
    {
        Assert.Empty(EndedParts.Of([TearDown with { Reverted = At(9) }]));
        Assert.Empty(EndedParts.Of([TearDown with { IsVerified = false }]));
        Assert.Empty(EndedParts.Of([TearDown with { Steps = [TearDown.Steps[0] with { Outcome = new StepOutcome.Failed("AccessDenied", "no") }] }]));
    }

    [Fact]
    public void It_tells_who_how_fast_and_what_is_left()
    {
        var dossier = Of(
            Case(Signalled("e1", 0, SignalCategory.Provisioning, 30) with { From = new CallSource("203.0.113.7", "aws-cli") }, Made("e2", 1, Cluster)),
            [Receipt("iam.contain-user", User, 0.2, Step("deny/managed", "iam:AttachUserPolicy", "user ci-bot"))],
            [new Page("Launch template lt-1", "It was made.", "Delete it.") { Commands = ["aws ec2 delete-launch-template --launch-template-id lt-1"] }],
            [Planned(ResponseStage.ContainIdentity, "iam.contain-user", User)]);

        var report = IncidentReports.Of(dossier);

        Assert.Equal("Needs a person", report.State);
        Assert.Equal("iam.contain-user began 12 seconds after the first call that counted, at 2025-11-02 10:00:12.", Answered(report, "How fast"));
        Assert.Contains("AKIAEXAMPLEEXAMPLE00 from 203.0.113.7 (aws-cli)", Answered(report, "How they got in"), StringComparison.Ordinal);
        Assert.Equal("1 thing for a person to do. See \"Left to you\".", Answered(report, "What is left"));
        Assert.Contains("aws ec2 delete-launch-template --launch-template-id lt-1", Html(dossier), StringComparison.Ordinal);
        Assert.Equal("The response has ended", IncidentReports.Of(Of(dossier.Record.Incident.Case, [.. dossier.Receipts])).State);
        Assert.Equal("Nothing was changed", IncidentReports.Of(Of(dossier.Record.Incident.Case)).State);
        Assert.Equal("The response was broken off", IncidentReports.Of(dossier with { Error = "it was stopped" }).State);
    }

    [Fact]
    public void What_the_incident_was_opened_by_is_in_it_though_the_case_has_no_room_for_it_any_more()
    {
        var opened = Of(Case(Signalled("probe", 0, SignalCategory.PermissionProbing, 30, outcome: new CallOutcome.Denied("AccessDenied")), Signalled("make", 1, SignalCategory.Provisioning, 30)));
        var later = opened with { Record = opened.Record with { Incident = opened.Record.Incident with { Case = Case(Signalled("make", 1, SignalCategory.Provisioning, 30)) } } };

        Assert.Equal(["did probe", "did make"], IncidentReports.Of(later).Acts.Select(act => act.Text));
        Assert.Equal("refused (AccessDenied)", IncidentReports.Of(later).Acts[0].Outcome);
    }

    [Fact]
    public void Every_mark_of_the_time_line_lies_in_a_lane_of_the_picture() => Prop.ForAll(
        Gen.Choose(0, 100_000).ListOf().Where(seconds => seconds.Count > 0).ToArbitrary(),
        seconds =>
        {
            var acts = seconds.Select((second, at) => Signalled($"e{at}", second / 60.0, SignalCategory.Recon + (at % 5), 5));
            var line = IncidentReports.Of(Of(Case(acts), [Receipt("iam.contain-user", User, 3, Step("a", "iam:X", "y"))])).TimeLine;

            Assert.All(line.Marks, mark =>
            {
                Assert.InRange(mark.X, 170, line.Width);
                Assert.InRange(mark.Y, 0, line.Height);
                Assert.Contains(line.Lanes, lane => lane.Y == mark.Y && lane.Side == mark.Side);
                Assert.True(mark.Side == "actor" ? mark.Y < line.Axis : mark.Y > line.Axis);
            });
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whom_somebody_made_stands_under_them_in_the_picture_and_a_crowd_is_cut_and_said_to_be()
    {
        var child = new ResponseKit.Actors.Actor.User(Account, "door");
        var graph = IncidentReports.Of(Of(Case(
            Made("e1", 0, ResourceRef.Of(ResourceKind.IamUser, Account, "us-east-1", "door")), Made("e2", 1, Cluster, actor: child)))).Lineage;
        var crowd = IncidentReports.Of(Of(Case(Enumerable.Range(0, 200).Select(at => Made($"e{at}", 0, ResourceRef.Of(ResourceKind.IamUser, Account, "us-east-1", $"u{at}")))))).Lineage;

        Assert.Equal(["IAM user ci-bot", "IAM user door", "ECS cluster miner made"], graph.Nodes.Select(node => node.Label));
        Assert.True(graph.Nodes[0].X < graph.Nodes[1].X && graph.Nodes[1].X < graph.Nodes[2].X);
        Assert.Equal(2, graph.Edges.Length);
        Assert.Contains("121 more things did not fit.", crowd.Text, StringComparison.Ordinal);
    }

    private static string Answered(IncidentReport report, string question) => report.Summary.Single(answer => answer.Question == question).Text;

    private static IncidentDossier With(string text) => Of(
        Case(Of("e1", 0, Signalled("e1", 0, SignalCategory.Recon, 5).Signals[0] with { Finding = new(5, $"did {text}") }) with { From = new CallSource("203.0.113.7", text) }, Made("e2", 1, Cluster)),
        [Receipt("ecs.tear-down-cluster", Cluster, 3, Step("cluster", "ecs:DeleteCluster", text, """{"a":"b"}""")) with { Message = text, Targets = [text], Id = text }],
        [new Page(text, "It was made.", text) { Commands = ["aws sts get-caller-identity"] }]);

    private static string Html(IncidentDossier dossier) => File(dossier, ".html");

    private static string File(IncidentDossier dossier, string ending) =>
        Encoding.UTF8.GetString(ReportFiles.Of(dossier).Single(file => file.Ending == ending).Content);

    [GeneratedRegex("<([a-zA-Z!/][a-zA-Z0-9]*)")]
    private static partial Regex Tag();
}
