using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.Deployment;
using ResponseKit.Testing;

namespace ResponseKit.Functions.Tests;

/// <summary>
/// Ways to switch ResponseKit off before an attack, by an administrator of the account that it is in: whoever breaks it is contained, whoever weakens what
/// watches is told of at once, and who deploys it is neither.
/// </summary>
public sealed class BlindingTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private const string Enforce = """{"mode":"enforce"}""";
    private const string KeyId = "5e6f7a8b-2222-4000-8000-0000000000ef";
    private const string Topic = "ResponseKit-HubTopicTopic77AA88BB-Qq1Ww2Ee3";
    private const string Mallory = "old-admin";

    public static TheoryData<string, string, string> Breaking => new()
    {
        { "kms", "DisableKey", $$"""{"keyId":"{{KeyId}}"}""" },
        { "kms", "ScheduleKeyDeletion", $$"""{"keyId":"arn:aws:kms:us-east-1:ACCOUNT:key/{{KeyId}}","pendingWindowInDays":7}""" },
        { "kms", "PutKeyPolicy", $$"""{"keyId":"{{KeyId}}","policyName":"default","policy":"{\"Statement\":[{\"Effect\":\"Allow\"}]}"}""" },
        { "cloudformation", "DeleteStack", """{"stackName":"ResponseKit"}""" },
        { "cloudformation", "UpdateStack", """{"stackName":"ResponseKit-us-west-2"}""" },
        { "sns", "DeleteTopic", $$"""{"topicArn":"arn:aws:sns:us-east-1:ACCOUNT:{{Topic}}"}""" },
        { "sns", "SetTopicAttributes", $$"""{"topicArn":"arn:aws:sns:us-east-1:ACCOUNT:{{Topic}}","attributeName":"Policy","attributeValue":"{}"}""" },
        { "lambda", "PutFunctionConcurrency20171031", """{"functionName":"ResponseKit-triage","reservedConcurrentExecutions":0}""" },
        { "lambda", "UpdateFunctionCode20150331v2", """{"functionName":"ACCOUNT:function:ResponseKit-ec2-terminate-instances"}""" },
        { "monitoring", "DeleteAlarms", """{"alarmNames":["ResponseKit-quiet","ResponseKit-not-responding"]}""" },
        { "states", "StopExecution", """{"executionArn":"arn:aws:states:us-east-1:ACCOUNT:execution:ResponseKit:inc-1"}""" },
        { "events", "DisableRule", """{"name":"RULE"}""" },
        { "events", "PutTargets", """{"rule":"RULE","targets":[{"id":"hub","arn":"arn:aws:events:us-east-1:ACCOUNT:event-bus/other"}]}""" },
        { "events", "PutRule", """{"name":"RULE","eventPattern":"{\"source\":[\"x\"]}"}""" },
        { "iam", "UpdateAssumeRolePolicy", """{"roleName":"ResponseKitResponder","policyDocument":"{}"}""" },
    };

    public static TheoryData<string, string, string> Weakening => new()
    {
        { "sns", "SetSubscriptionAttributes", $$"""{"subscriptionArn":"arn:aws:sns:us-east-1:ACCOUNT:{{Topic}}:0","attributeName":"FilterPolicy","attributeValue":"{}"}""" },
        { "monitoring", "DisableAlarmActions", """{"alarmNames":["ResponseKit-kill-switch"]}""" },
        { "sns", "DeleteTopic", """{"topicArn":"arn:aws:sns:us-east-1:ACCOUNT:ResponseKit-decoy"}""" },
        { "cloudtrail", "StopLogging", """{"name":"management-events"}""" },
        { "cloudtrail", "UpdateTrail", """{"name":"management-events","s3BucketName":"elsewhere"}""" },
        { "cloudtrail", "PutEventSelectors", """{"trailName":"management-events","eventSelectors":[{"readWriteType":"All","includeManagementEvents":false}]}""" },
        { "guardduty", "DeleteDetector", """{"detectorId":"d1"}""" },
        { "guardduty", "UpdateDetector", """{"detectorId":"d1","enable":false}""" },
        { "config", "StopConfigurationRecorder", """{"configurationRecorderName":"default"}""" },
        { "securityhub", "DisableSecurityHub", "null" },
        { "access-analyzer", "DeleteAnalyzer", """{"analyzerName":"account"}""" },
    };

    [Theory]
    [MemberData(nameof(Breaking))]
    public async Task Whoever_breaks_it_is_contained_and_people_are_told(string service, string call, string request)
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Hub);
        await AdministratorAsync(bed);
        await using var triage = Triage(bed, board, Enforce);

        var answer = (await triage.InvokeAsync(Call(bed, service, call, request))).Json();

        Assert.Equal("responding", answer.GetProperty("outcome").GetString());
        Assert.Equal(StatusType.Inactive, await KeyStatusAsync(bed));
        var notice = board.Messages[0];
        Assert.Contains(Mallory, notice.GetProperty("Subject").GetString(), StringComparison.Ordinal);
        Assert.Contains("ResponseKit itself", notice.GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Weakening))]
    public async Task Whoever_weakens_what_watches_is_told_of_at_once_and_once(string service, string call, string request)
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Hub);
        await AdministratorAsync(bed);
        await using var triage = Triage(bed, board, Enforce);

        var answer = (await triage.InvokeAsync(Call(bed, service, call, request))).Json();
        await triage.InvokeAsync(Call(bed, service, call, request));

        Assert.Equal("kept", answer.GetProperty("outcome").GetString());
        Assert.Equal(StatusType.Active, await KeyStatusAsync(bed));
        var notice = Assert.Single(board.Messages);
        Assert.Contains(Mallory, notice.GetProperty("Subject").GetString(), StringComparison.Ordinal);
        Assert.Equal("grave", notice.GetProperty("MessageAttributes").GetProperty("state").GetProperty("Value").GetString());
    }

    [Theory]
    [InlineData("""{"mode":"observe"}""")]
    [InlineData("""{"mode":"approve"}""")]
    [InlineData("""{"mode":"enforce","correlation":{"watchAt":79,"containAt":80}}""")]
    public async Task It_is_told_in_every_mode_and_whatever_it_weighs(string policy)
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Hub);
        await using var triage = Triage(bed, board, policy);

        await triage.InvokeAsync(Call(bed, "config", "DeleteConfigurationRecorder", """{"configurationRecorderName":"default"}"""));

        Assert.Contains("deleted AWS Config's recorder", Assert.Single(board.Messages).GetProperty("Subject").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_costs_very_much_is_braked_and_told_at_once_with_its_price_and_again_when_it_goes_on()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Hub);
        await using var triage = Triage(bed, board, Enforce);
        const string launch = """{"instanceType":"p4d.24xlarge","instancesSet":{"items":[{"minCount":60,"maxCount":60}]}}""";

        var answer = (await triage.InvokeAsync(Call(bed, "ec2", "RunInstances", launch))).Json();
        await triage.InvokeAsync(Call(bed, "ec2", "RunInstances", launch));

        Assert.Equal("brake", answer.GetProperty("verdict").GetProperty("verdict").GetString());
        // The second launch came through although the first one was answered: another round, and more money.
        Assert.Equal(["about $1,300 an hour", "about $2,600 an hour"], board.Messages.Select(message => message.GetProperty("Subject").GetString()!.Split(", ")[^1]));
        Assert.All(board.Messages, message => Assert.Contains($"{Mallory} must be braked", message.GetProperty("Subject").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_deploys_it_changes_it_and_is_not_contained_for_it_but_for_everything_else()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Hub);
        await using var triage = Triage(bed, board, Enforce);
        byte[] Of(string service, string call, string request) =>
            Events.OfSession(bed, "deployer", "ASIADEPLOYER00000000", service, call, Filled(bed, request), 0);

        foreach (var (service, call, request) in new[]
        {
            ("lambda", "UpdateFunctionCode20150331v2", """{"functionName":"ResponseKit-triage"}"""), ("cloudformation", "UpdateStack", """{"stackName":"ResponseKit"}"""),
            ("events", "PutRule", """{"name":"RULE"}"""), ("kms", "PutKeyPolicy", $$"""{"keyId":"{{KeyId}}"}"""),
        })
            Assert.NotEqual("responding", (await triage.InvokeAsync(Of(service, call, request))).Json().GetProperty("outcome").GetString());
        Assert.Empty(board.Messages);

        await triage.InvokeAsync(Of("guardduty", "DeleteDetector", """{"detectorId":"d1"}"""));
        Assert.Single(board.Messages);
    }

    [Fact]
    public async Task Where_the_first_topic_takes_nothing_the_second_says_that_there_was_something()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var board = await NoticeBoard.CreateAsync(emulator, bed.Hub);
        await using var triage = bed.Start(
            "triage", ("RESPONSEKIT_POLICY", Enforce), ("RESPONSEKIT_TOPIC", board.Topic.Replace(":responsekit", ":deleted", StringComparison.Ordinal)),
            ("RESPONSEKIT_ALARM_TOPIC", board.Topic));

        await triage.InvokeAsync(Call(bed, "cloudtrail", "DeleteTrail", """{"name":"management-events"}"""));

        var notice = Assert.Single(board.Messages);
        Assert.Contains("could not", notice.GetProperty("Subject").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Mallory, notice.GetProperty("Message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_mode_enforce_no_function_starts_where_nobody_is_named_who_deploys()
    {
        using var bed = await FunctionBed.CreateAsync(emulator);
        await using var triage = bed.Start("triage", ("RESPONSEKIT_POLICY", "{\n\"mode\":\"enforce\"\n}"), ("RESPONSEKIT_DEPLOYERS", ""));

        var message = (await triage.InitializationErrorAsync()).Json().GetProperty("errorMessage").GetString();

        Assert.Contains("line 2, guards.deployers: In mode enforce", message, StringComparison.Ordinal);
    }

    private static FunctionProcess Triage(FunctionBed bed, NoticeBoard board, string policy) => bed.Start(
        "triage", ("RESPONSEKIT_POLICY", policy), ("RESPONSEKIT_RESPONSE", "in-process"), ("RESPONSEKIT_PAUSE_SECONDS", "0"), ("RESPONSEKIT_TOPIC", board.Topic),
        ("RESPONSEKIT_OWN", Filled(bed, $"arn:aws:sns:us-east-1:ACCOUNT:{Topic} arn:aws:kms:us-east-1:ACCOUNT:key/{KeyId}")));

    private static byte[] Call(FunctionBed bed, string service, string call, string request) => Events.OfUser(bed, Mallory, service, call, Filled(bed, request));

    private static string Filled(FunctionBed bed, string text) => text.Replace("ACCOUNT", bed.Account.Id, StringComparison.Ordinal)
        .Replace("RULE", DeployedNames.HeartbeatRule, StringComparison.Ordinal);

    private static async Task AdministratorAsync(FunctionBed bed)
    {
        var iam = bed.Account.Admin.Iam(FunctionBed.Region);
        await iam.CreateUserAsync(new CreateUserRequest { UserName = Mallory });
        await iam.AttachUserPolicyAsync(new AttachUserPolicyRequest { UserName = Mallory, PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess" });
        await iam.CreateAccessKeyAsync(new CreateAccessKeyRequest { UserName = Mallory });
    }

    private static async Task<StatusType> KeyStatusAsync(FunctionBed bed)
    {
        var keys = await bed.Account.Admin.Iam(FunctionBed.Region).ListAccessKeysAsync(new ListAccessKeysRequest { UserName = Mallory });
        return Assert.Single(keys.AccessKeyMetadata).Status;
    }
}
