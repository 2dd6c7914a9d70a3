using ResponseKit.Aws.Actions;
using ResponseKit.Aws.Heartbeats;
using ResponseKit.Deployment;
using ResponseKit.Infra.Tests.Synthesis;
using ResponseKit.Response;

namespace ResponseKit.Infra.Tests;

public sealed class LeastPrivilegeTests
{
    private static readonly string[] Everyone =
    [
        "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt",
        // Publishing needs the key's data key by its plain name too.
        "kms:GenerateDataKey", "kms:GenerateDataKey*", "kms:GenerateMac", "kms:ReEncrypt*", "logs:CreateLogStream", "logs:PutLogEvents", "sns:Publish", "sqs:SendMessage",
    ];

    // What may be written on everything without a condition, and why.
    private static readonly Dictionary<string, string> Exceptions = ActionCatalogue.All
        .SelectMany(action => Declared(action.Descriptor)).Where(permission => permission.Resource == "*" && permission.Justification is not null)
        .DistinctBy(permission => permission.Action).ToDictionary(permission => permission.Action, permission => permission.Justification!, StringComparer.Ordinal);

    // Step Functions Developer Guide, "Using CloudWatch Logs to log execution history": these take no resource.
    private static readonly string[] LogDelivery =
    [
        "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:GetLogDelivery", "logs:ListLogDeliveries",
        "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
    ];

    public static TheoryData<string> Actions => [.. ActionCatalogue.All.Select(action => action.Descriptor.Id)];

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task The_responder_role_allows_what_an_action_declares(string id)
    {
        var allowed = await ResponderAsync();
        Assert.All(Declared(ActionCatalogue.Find(id)!.Descriptor), permission => Assert.Contains(
            allowed, statement => statement.Allows && statement.Covers(permission.Action) && statement.On(permission.ResourceIn("aws", Template.Account, "eu-west-1"))));
    }

    [Fact]
    public async Task The_responder_role_allows_nothing_that_no_action_declares()
    {
        var declared = ActionCatalogue.All.SelectMany(action => Declared(action.Descriptor)).Concat(RegionVisit.Permissions)
            .Select(permission => (permission.Action, Resource: permission.ResourceIn("aws", Template.Account, "*"))).ToHashSet();
        var allowed = (await ResponderAsync()).Where(statement => statement.Allows)
            .SelectMany(statement => statement.Actions.SelectMany(action => statement.Resources.Select(resource => (action, resource))));
        Assert.Empty(allowed.Except(declared));
    }

    [Fact]
    public async Task The_responder_role_may_not_touch_what_responsekit_is_made_of()
    {
        var denied = (await ResponderAsync()).Where(statement => !statement.Allows).ToList();
        foreach (var (action, resource) in new[]
        {
            ("iam:PutRolePolicy", "role/ResponseKitResponder"), ("iam:UpdateAssumeRolePolicy", "role/ResponseKit-triage"), ("iam:PutRolePolicy", "role/ResponseKit-forwarder"),
        })
            Assert.Contains(denied, statement => statement.Covers(action) && statement.On($"arn:aws:iam::{Template.Account}:{resource}"));
        Assert.Contains(denied, statement => statement.Covers("lambda:PutFunctionConcurrency") && statement.On($"arn:aws:lambda:eu-west-1:{Template.Account}:function:ResponseKit-triage"));
    }

    [Fact]
    public async Task A_role_is_passed_only_to_whom_the_call_is_for()
    {
        var passing = (await ResponderAsync()).Where(statement => statement.Allows && statement.Covers("iam:PassRole")).ToList();
        Assert.All(passing, statement => Assert.Equal(["iam:PassRole"], statement.Actions));
        Assert.Equal(
            ["autoscaling.amazonaws.com", "scheduler.amazonaws.com"],
            passing.Select(statement => statement.Condition!["StringEquals"]!["iam:PassedToService"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_responder_role_trusts_the_functions_that_enter_accounts_and_nobody_else()
    {
        var home = (await Synthesized.UsualAsync()).Home;
        var trust = Assert.Single(RolePolicy.Trust(home.Find("AWS::IAM::Role", "RoleName", "ResponseKitResponder")));
        var entering = home.OfType("AWS::IAM::Role").Where(role => RolePolicy.Of(home, role).Any(statement => statement.Covers("sts:AssumeRole"))).ToList();
        Assert.Equal([$"arn:aws:iam::{Template.Account}:root"], RolePolicy.Texts(trust.Principal!["AWS"]));
        Assert.Equal($"arn:aws:iam::{Template.Account}:role/ResponseKit-*", trust.Condition!["ArnLike"]!["aws:PrincipalArn"]!.GetValue<string>());
        var asked = trust.Condition["StringEquals"]!.AsObject().Single(condition => condition.Key.StartsWith("aws:PrincipalTag/", StringComparison.Ordinal));
        Assert.Equal(
            home.OfType("AWS::IAM::Role").Where(role => TagOf(role, asked.Key["aws:PrincipalTag/".Length..]) == asked.Value!.GetValue<string>()).Select(role => role.LogicalId).Order(StringComparer.Ordinal),
            entering.Select(role => role.LogicalId).Order(StringComparer.Ordinal));
        Assert.Equal(
            ActionCatalogue.All.Select(action => action.Descriptor.Id).Append("look").Append("report").Append("sweep").Append("undo").Select(DeployedNames.Function).Order(StringComparer.Ordinal),
            entering.Select(role => role.Text("RoleName")).Order(StringComparer.Ordinal));
        Assert.Equal($"ResponseKit-{Template.Account}", trust.Condition["StringEquals"]!["sts:ExternalId"]!.GetValue<string>());
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task The_function_of_an_action_may_keep_receipts_and_enter_the_account(string id)
    {
        var statements = await OfFunctionAsync(id);
        Assert.Equal([.. Everyone, "sts:AssumeRole"], NamesIn(statements));
        Assert.Equal([$"arn:aws:iam::{Template.Account}:role/ResponseKitResponder"], statements.Single(statement => statement.Covers("sts:AssumeRole")).Resources);
        Assert.All(statements.Where(statement => statement.Covers("dynamodb:GetItem")), statement => Assert.Contains("dynamodb:LeadingKeys", statement.Condition!.ToJsonString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("triage", new[] { "dynamodb:UpdateItem", "states:DescribeExecution", "states:StartExecution" })]
    [InlineData("plan", new[] { "dynamodb:UpdateItem" })]
    [InlineData("approval", new[] { "dynamodb:UpdateItem", "states:SendTaskSuccess" })]
    [InlineData("look", new[] { "dynamodb:UpdateItem", "sts:AssumeRole" })]
    [InlineData("sweep", new[] { "dynamodb:UpdateItem", "events:ListRules", "events:ListTargetsByRule", "sts:AssumeRole" })]
    [InlineData("report", new[] { "dynamodb:UpdateItem", "s3:PutObject", "sts:AssumeRole" })]
    public async Task The_other_functions_may_do_what_they_are_for(string id, string[] more)
    {
        Assert.Equal(Everyone.Concat(more).Order(StringComparer.Ordinal), NamesIn(await OfFunctionAsync(id)));
    }

    [Fact]
    public async Task Nobody_but_the_functions_may_use_the_seal_key_and_administrators_may_only_change_it()
    {
        var home = (await Synthesized.UsualAsync()).Home;
        var seal = home.OfType("AWS::KMS::Key").Single(key => key.Text("KeySpec") == "HMAC_256");
        var statements = seal.Properties["KeyPolicy"]!["Statement"]!.AsArray().Select(statement => statement!.AsObject()).ToList();
        var use = Assert.Single(statements, statement => RolePolicy.Texts(statement["Action"]).Contains("kms:GenerateMac"));
        Assert.Equal(["kms:GenerateMac"], RolePolicy.Texts(use["Action"]));
        Assert.Equal(
            FunctionIds.All.Concat(ActionCatalogue.All.Select(action => action.Descriptor.Id)).Select(id => $"arn:aws:iam::{Template.Account}:role/{DeployedNames.Function(id)}")
                .Order(StringComparer.Ordinal),
            RolePolicy.Texts(use["Condition"]!["ArnEquals"]!["aws:PrincipalArn"]).Order(StringComparer.Ordinal));
        var rest = statements.Where(statement => statement != use).SelectMany(statement => RolePolicy.Texts(statement["Action"])).ToList();
        Assert.DoesNotContain(rest, action => action.Contains('*', StringComparison.Ordinal) || action is "kms:VerifyMac" or "kms:CreateGrant");
    }

    [Fact]
    public async Task A_function_writes_its_own_log_and_no_other()
    {
        var home = (await Synthesized.UsualAsync()).Home;
        foreach (var function in home.OfType("AWS::Lambda::Function"))
        {
            var role = home.Find("AWS::IAM::Role", "RoleName", function.Text("FunctionName")!);
            Assert.Equal($"arn:of:{role.LogicalId}", function.Text("Role"));
            var logs = RolePolicy.Of(home, role).Single(statement => statement.Covers("logs:PutLogEvents"));
            Assert.Equal([$"arn:of:{function.Properties["LoggingConfig"]!["LogGroup"]}"], logs.Resources);
        }
    }

    [Fact]
    public async Task No_role_may_write_on_everything_without_a_condition_or_a_reason()
    {
        foreach (var template in (await Synthesized.WidestAsync()).Templates)
        {
            foreach (var role in template.OfType("AWS::IAM::Role"))
            {
                var wide = RolePolicy.Of(template, role).Where(statement => statement is { Allows: true, Writes: true, Condition: null } && statement.Resources.Contains("*"))
                    .SelectMany(statement => statement.Actions).Where(action => !ResponseKit.Testing.ApiCalls.IsRead(action));
                var excepted = role.Text("RoleName") == "ResponseKit-state-machine" ? LogDelivery : Exceptions.Keys.AsEnumerable();
                Assert.Empty(wide.Except(excepted));
                Assert.Null(role.Properties["ManagedPolicyArns"]);
            }
        }
    }

    [Fact]
    public async Task The_rules_role_may_only_send_to_the_bus()
    {
        var home = (await Synthesized.UsualAsync()).Home;
        var statement = Assert.Single(RolePolicy.Of(home, home.Find("AWS::IAM::Role", "RoleName", DeployedNames.ForwarderRole)));
        Assert.Equal(["events:PutEvents"], statement.Actions);
        Assert.Equal([$"arn:of:{home.OfType("AWS::Events::EventBus").Single().LogicalId}"], statement.Resources);
    }

    private static IEnumerable<Permission> Declared(ActionDescriptor action) =>
        action.Permissions.Plan.Concat(action.Permissions.Apply).Concat(action.Permissions.Revert);

    private static string? TagOf(Resource role, string key) => role.Properties["Tags"]?.AsArray()
        .FirstOrDefault(tag => tag!["Key"]!.GetValue<string>() == key)?["Value"]!.GetValue<string>();

    private static async Task<IReadOnlyList<PolicyStatement>> ResponderAsync()
    {
        var home = (await Synthesized.UsualAsync()).Home;
        return RolePolicy.Of(home, home.Find("AWS::IAM::Role", "RoleName", "ResponseKitResponder"));
    }

    private static async Task<IReadOnlyList<PolicyStatement>> OfFunctionAsync(string id)
    {
        var home = (await Synthesized.UsualAsync()).Home;
        return RolePolicy.Of(home, home.Find("AWS::IAM::Role", "RoleName", DeployedNames.Function(id)));
    }

    private static IEnumerable<string> NamesIn(IEnumerable<PolicyStatement> statements) =>
        statements.SelectMany(statement => statement.Actions).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
