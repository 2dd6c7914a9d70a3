using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Aws.Actions;
using ResponseKit.Deployment;
using ResponseKit.Functions.Hosting;
using ResponseKit.Infra.Tests.Synthesis;
using ResponseKit.Response;
using ResponseKit.Testing;

namespace ResponseKit.Infra.Tests;

public sealed class HubTests
{
    public static TheoryData<string> Functions => [.. Ids];

    private static IEnumerable<string> Ids => FunctionIds.All.Concat(ActionCatalogue.All.Select(action => action.Descriptor.Id));

    public static TheoryData<string> Actions => [.. ActionCatalogue.All.Select(action => action.Descriptor.Id)];

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task A_function_starts_with_the_variables_that_it_is_given(string id)
    {
        var home = (await Synthesized.UsualAsync()).Home;
        var function = home.Find("AWS::Lambda::Function", "FunctionName", DeployedNames.Function(id));
        var variables = function.Properties["Environment"]!["Variables"]!.AsObject().ToDictionary(one => one.Key, one => one.Value!.GetValue<string>());
        variables["AWS_REGION"] = "eu-west-1";
        // A reference to a topic is its ARN.
        foreach (var name in new[] { FunctionVariables.Topic, FunctionVariables.AlarmTopic })
        {
            if (variables.TryGetValue(name, out var topic) && home.OfType("AWS::SNS::Topic").Any(made => made.LogicalId == topic))
                variables[name] = $"arn:aws:sns:eu-west-1:{Template.Account}:{topic}";
        }

        var seal = home.OfType("AWS::KMS::Key").Single(key => key.Text("KeySpec") == "HMAC_256");
        Assert.Equal($"arn:of:{seal.LogicalId}", variables[FunctionVariables.SealKey]);
        variables[FunctionVariables.SealKey] = $"arn:aws:kms:eu-west-1:{Template.Account}:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        if (variables.TryGetValue(FunctionVariables.Rules, out var rules))
            variables[FunctionVariables.Rules] = Path.Combine(Path.GetDirectoryName((await Synthesized.UsualAsync()).Folder)!, "package", rules);
        var settings = FunctionSettings.Read(variables.GetValueOrDefault);
        Assert.Equal(id, settings.Function);
        Assert.Equal($"ResponseKit-{Template.Account}", settings.Role.ExternalId);
        Assert.Equal(id == FunctionIds.Triage ? $"arn:aws:states:eu-west-1:{Template.Account}:stateMachine:ResponseKit" : "", settings.StateMachine);
        Assert.Equal("dotnet10", function.Text("Runtime"));
        Assert.Equal("ResponseKit.Functions", function.Text("Handler"));
    }

    [Fact]
    public async Task There_is_a_function_for_whatever_functions_can_be()
    {
        var deployed = (await Synthesized.UsualAsync()).Home.OfType("AWS::Lambda::Function").Select(function => function.Text("FunctionName"));
        Assert.Equal(Ids.Select(DeployedNames.Function).Order(StringComparer.Ordinal), deployed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_state_machine_invokes_functions_that_it_may_invoke()
    {
        var home = (await Synthesized.UsualAsync()).Home;
        var machine = home.OfType("AWS::StepFunctions::StateMachine").Single();
        var invoked = Invoked(JsonNode.Parse(machine.Text("DefinitionString")!)!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var role = home.Find("AWS::IAM::Role", "RoleName", "ResponseKit-state-machine");
        var allowed = RolePolicy.Of(home, role).Single(statement => statement.Covers("lambda:InvokeFunction")).Resources;
        Assert.Equal(invoked, allowed.Order(StringComparer.Ordinal));
        Assert.Equal(ActionCatalogue.All.Length + 4, invoked.Count);
    }

    [Fact]
    public async Task Incidents_and_evidence_outlive_the_deployment()
    {
        var home = (await Synthesized.UsualAsync()).Home;
        Assert.All(
            home.Resources.Where(one => one.Type is "AWS::DynamoDB::Table" or "AWS::S3::Bucket" or "AWS::KMS::Key" or "AWS::Logs::LogGroup"),
            kept => Assert.Equal("Retain", kept.DeletionPolicy));
        var table = Assert.Single(home.OfType("AWS::DynamoDB::Table"));
        // A fixed name would keep the next deployment from being made.
        Assert.Null(table.Text("TableName"));
        Assert.True(table.Properties["DeletionProtectionEnabled"]!.GetValue<bool>());
        Assert.True(table.Properties["PointInTimeRecoverySpecification"]!["PointInTimeRecoveryEnabled"]!.GetValue<bool>());
        Assert.Equal("expires", table.Properties["TimeToLiveSpecification"]!["AttributeName"]!.GetValue<string>());
        Assert.Equal("KMS", table.Properties["SSESpecification"]!["SSEType"]!.GetValue<string>());
    }

    [Fact]
    public async Task Evidence_is_locked_versioned_and_private()
    {
        var bucket = Assert.Single((await Synthesized.UsualAsync()).Home.OfType("AWS::S3::Bucket"));
        Assert.Null(bucket.Text("BucketName"));
        Assert.Equal("Enabled", bucket.Properties["VersioningConfiguration"]!["Status"]!.GetValue<string>());
        Assert.Equal(365, bucket.Properties["ObjectLockConfiguration"]!["Rule"]!["DefaultRetention"]!["Days"]!.GetValue<int>());
        Assert.All(bucket.Properties["PublicAccessBlockConfiguration"]!.AsObject(), block => Assert.True(block.Value!.GetValue<bool>()));
    }

    [Fact]
    public async Task Alarms_tell_people_and_what_to_do()
    {
        var made = await Synthesized.WidestAsync();
        var topics = made.Home.OfType("AWS::SNS::Topic").ToList();
        Assert.Equal([true, false], topics.Select(topic => topic.Properties.ContainsKey("KmsMasterKeyId")).OrderDescending());
        foreach (var alarm in made.Home.OfType("AWS::CloudWatch::Alarm"))
        {
            Assert.True(alarm.Text("AlarmDescription")!.Length > 40);
            // Those of a region, the home region's too, go over the bus.
            if (alarm.Text("AlarmName") is not ("ResponseKit-unforwarded-events" or "ResponseKit-ec2-vcpus" or "ResponseKit-fargate-vcpus"))
                Assert.Equal(topics.Select(topic => topic.LogicalId), alarm.Properties["AlarmActions"]!.AsArray().Select(action => action!.GetValue<string>()));
        }

        var regional = made.Of("eu-north-1").OfType("AWS::CloudWatch::Alarm").Select(alarm => alarm.Text("AlarmName")).Order(StringComparer.Ordinal);
        var rule = made.Of("eu-north-1").Find("AWS::Events::Rule", "Name", "ResponseKit-alarms");
        Assert.Equal(regional, rule.Properties["EventPattern"]!["detail"]!["alarmName"]!.AsArray().Select(name => name!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_each_alarm_means_and_what_alarms_cost_stands_in_the_documentation()
    {
        var documentation = Repository.Read("docs", "deploy.md");
        var alarms = (await Synthesized.WidestAsync()).Home.OfType("AWS::CloudWatch::Alarm").ToList();
        var (functions, others) = (alarms.Where(IsOfFunction).ToList(), alarms.Where(alarm => !IsOfFunction(alarm)).ToList());
        Assert.All(others, alarm => Assert.Contains($"`{alarm.Text("AlarmName")!["ResponseKit-".Length..]}`", documentation, StringComparison.Ordinal));

        var (each, rest) = (Metrics(functions[0]), others.Sum(Metrics));
        Assert.All(functions, alarm => Assert.Equal(each, Metrics(alarm)));
        var sum = (functions.Count * each) + rest;
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {functions.Count} functions × {each} metrics + {rest} others = {sum} × 0.10 | {sum * 0.10m:0.00} |"), documentation, StringComparison.Ordinal);
        var hub = (await Synthesized.OrganizationAsync()).Of("Hub").OfType("AWS::CloudWatch::Alarm").Sum(Metrics);
        Assert.Contains($"| {hub} metrics of alarms × 0.10 +", documentation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bill_is_watched_where_it_is_known()
    {
        Assert.Contains((await Synthesized.WidestAsync()).Home.OfType("AWS::CloudWatch::Alarm"), alarm => alarm.Text("AlarmName") == "ResponseKit-bill");
        Assert.DoesNotContain((await Synthesized.UsualAsync()).Home.OfType("AWS::CloudWatch::Alarm"), alarm => alarm.Text("AlarmName") == "ResponseKit-bill");
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task The_console_offers_a_valid_request_for_each_mode(string id)
    {
        var action = ActionCatalogue.Find(id)!.Descriptor;
        var schema = (await Synthesized.UsualAsync()).Home.Find("AWS::EventSchemas::Schema", "SchemaName", $"_{DeployedNames.Function(id)}-schema");
        var examples = JsonNode.Parse(schema.Text("Content")!)!["components"]!["examples"]!.AsObject();
        Assert.Equal(action.Reversibility is Reversibility.Irreversible ? ["plan", "apply"] : ["plan", "apply", "revert"], examples.Select(example => example.Key));
        foreach (var (mode, example) in examples)
        {
            var request = ActionRequestParser.Parse(Encoding.UTF8.GetBytes(example!["value"]!.ToJsonString()), action);
            Assert.Equal(mode, Assert.IsType<ActionRequestResult.Valid>(request).Request.Mode.ToString().ToLowerInvariant());
        }
    }

    [Fact]
    public async Task The_console_offers_to_reject_what_a_response_asks_and_not_to_approve_what_nobody_signs()
    {
        var schema = (await Synthesized.UsualAsync()).Home.Find("AWS::EventSchemas::Schema", "SchemaName", "_ResponseKit-approval-schema");
        var examples = JsonNode.Parse(schema.Text("Content")!)!["components"]!["examples"]!.AsObject();
        var (decision, example) = Assert.Single(examples);
        Assert.Equal("reject", decision);
        Assert.False(Assert.IsType<ApprovalInput.Decide>(ApprovalInputParser.Parse(Encoding.UTF8.GetBytes(example!["value"]!.ToJsonString()))).IsApproved);
    }

    [Fact]
    public async Task The_console_offers_to_plan_an_undo_to_do_it_and_to_dismiss_and_takes_none_before_an_incident_is_filled_in()
    {
        var schema = (await Synthesized.UsualAsync()).Home.Find("AWS::EventSchemas::Schema", "SchemaName", "_ResponseKit-undo-schema");
        var examples = JsonNode.Parse(schema.Text("Content")!)!["components"]!["examples"]!.AsObject();
        Assert.Equal(["plan", "apply", "dismiss"], examples.Select(example => example.Key));
        foreach (var (mode, example) in examples)
        {
            var request = example!["value"]!.ToJsonString();
            Assert.Equal("incident", Assert.Single(Assert.IsType<UndoInput.Invalid>(UndoInput.Parse(Encoding.UTF8.GetBytes(request))).Errors).Field);
            var filled = UndoInput.Parse(Encoding.UTF8.GetBytes(request.Replace("inc-EDIT-ME", "inc-20251102-a1b2", StringComparison.Ordinal)));
            Assert.Equal(mode, Assert.IsType<UndoInput.Valid>(filled).Request.Mode.ToString().ToLowerInvariant());
        }
    }

    [Fact]
    public async Task What_rules_tell_people_by_themselves_holds_nothing_that_a_caller_chooses()
    {
        string[] chosenByAws = ["$.account", "$.region", "$.time", "$.detail.eventName", "$.detail.eventID", "$.detail.alarmName", "$.detail.state.reason"];
        var rules = (await Synthesized.UsualAsync()).Home.OfType("AWS::Events::Rule").ToList();
        var told = rules.SelectMany(rule => rule.Properties["Targets"]!.AsArray()).Select(target => target!["InputTransformer"]?["InputPathsMap"]).OfType<JsonObject>().ToList();

        Assert.NotEmpty(told);
        Assert.All(told.SelectMany(paths => paths), path => Assert.Contains(path.Value!.GetValue<string>(), chosenByAws));
        // An alarm's name is its maker's: only those of the app are told of.
        var alarms = rules.Single(rule => rule.Text("Name") == "ResponseKit-alarms" && rule.Properties["EventBusName"] is not null);
        Assert.All(alarms.Properties["EventPattern"]!["detail"]!["alarmName"]!.AsArray(), name => Assert.Equal(JsonValueKind.String, name!.GetValueKind()));
    }

    private static IEnumerable<string> Invoked(JsonNode node) => node switch
    {
        JsonObject members => (members["FunctionName"] is JsonValue name ? [name.GetValue<string>()] : Array.Empty<string>())
            .Concat(members.Where(member => member.Value is not null).SelectMany(member => Invoked(member.Value!))),
        JsonArray items => items.Where(item => item is not null).SelectMany(item => Invoked(item!)),
        _ => [],
    };

    private static bool IsOfFunction(Resource alarm) => alarm.Text("AlarmName")!.EndsWith(OwnNames.Failing, StringComparison.Ordinal);

    // CloudWatch asks for each metric of an alarm (Amazon CloudWatch pricing, "Alarms").
    private static int Metrics(Resource alarm) => alarm.Properties["Metrics"]?.AsArray().Count(metric => metric!["MetricStat"] is not null) ?? 1;
}
