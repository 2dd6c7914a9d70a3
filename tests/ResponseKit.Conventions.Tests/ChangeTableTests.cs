using ResponseKit.Aws.Actions;
using ResponseKit.Correlation;
using ResponseKit.Correlation.Lineage.Changes;
using ResponseKit.Detections;
using ResponseKit.Records;
using ResponseKit.Response;
using ResponseKit.Testing.Commands;

namespace ResponseKit.Conventions.Tests;

/// <summary>Nothing that can be detected as made, opened, enlarged, altered or taken away is left without an end: an action, or the command that a person types.</summary>
public sealed class ChangeTableTests
{
    // What is changed in ResponseKit itself has a page of its own, and other detectors' findings are no calls.
    private static readonly string[] Elsewhere = ["responsekit.tampered", "guardduty.finding-reported", "health.credentials-exposed"];

    // Where the service's IAM action has another name than the operation. Source: Service Authorization Reference.
    private static readonly Dictionary<string, string> Permissions = new(StringComparer.Ordinal)
    {
        ["s3:GetBucketEncryption"] = "s3:GetEncryptionConfiguration",
        ["s3:DeleteBucketEncryption"] = "s3:PutEncryptionConfiguration",
        ["s3:GetBucketLifecycleConfiguration"] = "s3:GetLifecycleConfiguration",
        ["s3:DeleteBucketLifecycle"] = "s3:PutLifecycleConfiguration",
        ["ec2:RestoreSnapshotFromRecycleBin"] = "ec2:RestoreSnapshotFromRecycleBin",
    };

    // Permissions that a call needs beside its own.
    private static readonly string[] Further = ["ec2:TerminateInstances", "iam:PassRole", "iam:CreateServiceLinkedRole", "logs:CreateLogDelivery"];

    public static TheoryData<string> Rules => [.. ChangeTable.All.Select(rule => rule.Id)];

    public static TheoryData<string> Told => [.. ChangeTable.All.Where(rule => rule.Commands.Length > 0).Select(rule => rule.Id)];

    public static TheoryData<string> Acted => [.. ChangeTable.All.Where(rule => rule.Actions.Length > 0).Select(rule => rule.Id)];

    [Fact]
    public void Every_call_that_is_detected_or_followed_has_a_row()
    {
        var known = ChangeTable.All.SelectMany(rule => rule.Calls.Select(call => (rule.Source, call))).ToHashSet();
        var detected =
            from detection in DetectionCatalogue.All
            where !Elsewhere.Contains(detection.Descriptor.Id) && !SeesOnlyRefusals(detection)
            from selector in detection.Descriptor.Selectors
            where !selector.ReadOnly && selector.IdentityType is null
            from call in selector.EventNames
            select (selector.EventSource, call);
        var followed = from reader in LineageCatalogue.All from selector in reader.Selectors from call in selector.EventNames select (selector.EventSource, call);
        Assert.Equal([], detected.Concat(followed).Distinct().Where(call => !known.Contains(call)));
    }

    [Fact]
    public void Ids_are_unique() => Assert.Distinct(ChangeTable.All.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_row_ends_what_it_is_about_or_says_why_nothing_is_to_end(string id)
    {
        var rule = ChangeTable.Find(id)!;
        Assert.True(rule.Actions.Length > 0 || rule.Commands.Length > 0 || rule.Note.Length > 0);
        Assert.All(rule.Actions, action => Assert.NotNull(ActionCatalogue.Find(action)));
        Assert.Equal(rule.Commands.IsEmpty, rule.Needs.IsEmpty);
        Assert.NotEmpty(rule.What);
        // A name that no value gives, and that no person is asked for, would be asked for in vain.
        var given = rule.Values.Select(value => value.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(Template.NamesIn(rule.Label), name => Assert.Contains(name, given));
        Assert.All(rule.Commands.SelectMany(Template.NamesIn), name => Assert.True(given.Contains(name) || IsAsked(name), name));
        Assert.All(given, name => Assert.Contains(name, rule.Commands.SelectMany(Template.NamesIn).Concat(Template.NamesIn(rule.Label)).Concat(Template.NamesIn(rule.About?.Name ?? ""))));
        Assert.True(rule.Values.Count(value => value.Paths.Any(path => path.Contains("[]", StringComparison.Ordinal))) <= 1, "Items of two lists cannot be told apart.");
    }

    [Theory]
    [MemberData(nameof(Told))]
    public void The_values_of_a_row_are_found_in_a_record_of_each_of_its_calls(string id)
    {
        var rule = ChangeTable.Find(id)!;
        foreach (var call in rule.Calls)
        {
            var changes = Observed(rule, call).Changes.Where(change => change.Rule == id).ToList();
            Assert.NotEmpty(changes);
            Assert.All(changes, change => Assert.Equal(rule.About is not null, change.About is not null));
            // Calls of one row may name things in ways of their own; the first one's is in the example.
            if (call == rule.Calls[0])
                Assert.All(changes, change => Assert.Equal(rule.Values.Select(value => value.Name).Order(StringComparer.Ordinal), change.Values.Keys));
        }
    }

    [Theory]
    [MemberData(nameof(Acted))]
    public void The_actions_of_a_row_are_planned_for_it(string id)
    {
        var rule = ChangeTable.Find(id)!;
        foreach (var call in rule.Calls)
        {
            var file = new CaseFile("arn:aws:iam::111122223333:user/ci-bot", [Observed(rule, call)]);
            var plan = ResponsePlanner.Plan(
                Incident.Open(file, Correlator.Judge(file, new())), ActionCatalogue.All.Select(action => action.Descriptor), new());
            Assert.Superset(rule.Actions.ToHashSet(StringComparer.Ordinal), plan.Actions.Select(action => action.ActionId).ToHashSet(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task Every_command_is_one_of_the_command_line_and_names_the_permissions_that_it_needs()
    {
        var pages = ChangeTable.All.Where(rule => rule.Commands.Length > 0).Select(rule => (Rule: rule, Page: PageOf(rule))).ToList();
        var read = (await AwsCommands.ReadAsync(pages.SelectMany(told => told.Page.Commands).Distinct(StringComparer.Ordinal))).ToDictionary(command => command.Command);
        Assert.Equal([], read.Values.Where(command => command.Problem is not null).Select(command => $"{command.Command}: {command.Problem}"));
        foreach (var (rule, page) in pages)
        {
            var needed = page.Commands.Select(command => read[command].Permission!).Select(permission => Permissions.GetValueOrDefault(permission, permission));
            Assert.Equal(
                needed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
                rule.Needs.Where(need => !Further.Contains(need) || needed.Contains(need)).Order(StringComparer.Ordinal));
        }
    }

    public static TheoryData<string> HostileNames =>
    [
        "plain", "two words", "$(touch pwned)", "`touch pwned`", "'; touch pwned; '", "\"; touch pwned; \"", "a'b\"c", "--no-paginate", "-x", "--endpoint-url=https://evil.example",
        "*", "~", "a\\", "&& touch pwned", "#comment", "!history", "%s%n", "größe", "file:///etc/passwd", "fileb:///etc/passwd", "https://evil.example/", "[1]", "{}", "@x", "",
        "line\nbreak", "\u202egroup", "a,b=c",
    ];

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task A_name_is_the_whole_of_one_value_whatever_it_is(string name)
    {
        var rule = ChangeTable.Find("autoscaling:PutLifecycleHook")!;
        var request = new System.Text.Json.Nodes.JsonObject { ["autoScalingGroupName"] = name, ["lifecycleHookName"] = "hook" }.ToJsonString();
        var command = Assert.Single(await AwsCommands.ReadAsync(PageOf(rule with { Example = (request, "{}") }).Commands));
        Assert.Null(command.Problem);
        var parameters = command.Parameters!.Value;
        Assert.Equal(["AutoScalingGroupName", "LifecycleHookName"], parameters.EnumerateObject().Select(parameter => parameter.Name).Order(StringComparer.Ordinal));
        Assert.Equal("hook", parameters.GetProperty("LifecycleHookName").GetString());
        Assert.Equal(IsTyped(name) ? name : "{group}", parameters.GetProperty("AutoScalingGroupName").GetString());
    }

    // What the command line would read as a file, an address or JSON, and what cannot be shown, a person puts in themselves.
    private static bool IsTyped(string name) =>
        name.Length > 0 && !name.Contains("://", StringComparison.Ordinal) && name[0] is not ('[' or '{' or '@') && !name.AsSpan().ContainsAny('\n', '\u202e');

    private static Page PageOf(ChangeRule rule)
    {
        var file = new CaseFile("arn:aws:iam::111122223333:user/ci-bot", [Observed(rule, rule.Calls[0])]);
        var plan = ResponsePlanner.Plan(Incident.Open(file, Correlator.Judge(file, new())), [], new());
        return plan.Pages.First(page => page.Needs.SequenceEqual(rule.Needs) && page.Commands.Length > 0);
    }

    private static Observation Observed(ChangeRule rule, string call)
    {
        var json = DetectionExample.Match("x", rule.Source, call, rule.Example.Request, response: rule.Example.Response).ToRecordJson();
        var record = Assert.IsType<ParseResult.Parsed>(RecordParser.Parse(System.Text.Encoding.UTF8.GetBytes(json))).Record;
        return Observer.Observe(record, new())!;
    }

    private static bool IsAsked(string name) => name.EndsWith("-before", StringComparison.Ordinal) || name.EndsWith("-new", StringComparison.Ordinal);

    private static bool SeesOnlyRefusals(IConfiguredDetection detection) =>
        detection.Descriptor.Category == SignalCategory.PermissionProbing
        && detection.Examples.Where(example => example.Matches).All(example => example.ErrorCode is not null);
}
