using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Tests.Response;

public sealed class ActionRequestParserTests
{
    private const string Account = "111122223333";

    private static JsonObject Payload(string field = "", JsonNode? value = null)
    {
        var payload = new JsonObject
        {
            ["mode"] = "plan",
            ["account"] = Account,
            ["region"] = "us-east-1",
            ["target"] = "arn:aws:iam::111122223333:user/ops/ci-bot",
            ["reason"] = "INC-42 key on a public repo",
        };
        if (field.Length > 0)
            payload[field] = value;
        return payload;
    }

    private static ActionRequestResult Parse(JsonNode payload, ActionDescriptor? action = null) =>
        ActionRequestParser.Parse(Encoding.UTF8.GetBytes(payload.ToJsonString()), action ?? Descriptors.ContainUser);

    private static ActionRequest Valid(JsonNode payload, ActionDescriptor? action = null)
    {
        var result = Parse(payload, action);
        return result is ActionRequestResult.Valid(var request)
            ? request
            : throw new InvalidOperationException(string.Join('\n', Assert.IsType<ActionRequestResult.Invalid>(result).Errors));
    }

    private static FieldError Error(JsonNode payload, ActionDescriptor? action = null) =>
        Assert.Single(Assert.IsType<ActionRequestResult.Invalid>(Parse(payload, action)).Errors);

    [Fact]
    public void Reads_what_a_person_types()
    {
        var request = Valid(Payload());
        Assert.Equal((ActionMode.Plan, Account, "us-east-1", "INC-42 key on a public repo"), (request.Mode, request.Account, request.Region, request.Reason));
        var target = Assert.Single(request.Targets);
        Assert.Equal((ResourceKind.IamUser, "ci-bot", "/ops/"), (target.Kind, target.Name, target.Path));
        Assert.Null(request.Incident);
        Assert.Null(request.Receipt);
        Assert.Empty(request.Options);
    }

    [Fact]
    public void Reads_a_value_whose_document_is_gone()
    {
        using var document = JsonDocument.Parse(Payload().ToJsonString());
        Assert.IsType<ActionRequestResult.Valid>(ActionRequestParser.Parse(document.RootElement, Descriptors.ContainUser));
        Assert.IsType<ActionRequestResult.Invalid>(ActionRequestParser.Parse(default(JsonElement), Descriptors.ContainUser));
    }

    [Theory]
    [InlineData("plan", ActionMode.Plan)]
    [InlineData("verify", ActionMode.Verify)]
    [InlineData("apply", ActionMode.Apply)]
    [InlineData("revert", ActionMode.Revert)]
    public void Knows_the_modes(string text, ActionMode mode) => Assert.Equal(mode, Valid(Payload("mode", text)).Mode);

    [Fact]
    public void A_bare_name_is_in_the_request_s_account()
    {
        var target = Assert.Single(Valid(Payload("target", "ci-bot")).Targets);
        Assert.Equal((Account, "ci-bot", null), (target.Account, target.Name, target.Path));
    }

    [Fact]
    public void Several_targets_are_read_once_each()
    {
        var request = Valid(Payload("target", new JsonArray("i-0123456789abcdef0", "i-0123456789abcdef1", "i-0123456789abcdef0")), Descriptors.Terminate);
        Assert.Equal(["i-0123456789abcdef0", "i-0123456789abcdef1"], request.Targets.Select(target => target.Name));
    }

    [Fact]
    public void Options_are_text_or_true_or_false()
    {
        Assert.Equal("true", Valid(With("denyAll", true)).Options["denyAll"]);
        Assert.Equal("false", Valid(With("denyAll", "false")).Options["denyAll"]);

        static JsonObject With(string name, JsonNode value)
        {
            var payload = Payload("options", new JsonObject { [name] = value });
            payload["target"] = "deploy";
            return payload;
        }

        static ActionRequest Valid(JsonObject payload) => ActionRequestParserTests.Valid(payload, Descriptors.ContainRole);
    }

    [Theory]
    [InlineData("mode")]
    [InlineData("account")]
    [InlineData("region")]
    [InlineData("target")]
    [InlineData("reason")]
    public void A_missing_field_is_named(string field)
    {
        var payload = Payload();
        payload.Remove(field);
        var error = Assert.IsType<ActionRequestResult.Invalid>(Parse(payload)).Errors.First(error => error.Field == field);
        Assert.Equal("It is missing.", error.Problem);
        Assert.NotEmpty(error.Accepts);
    }

    [Theory]
    [InlineData("mode", "Plan", "'Plan' is no mode.", "plan, verify, apply or revert")]
    [InlineData("account", "12345", "'12345' cannot stand here.", "twelve digits")]
    [InlineData("region", "mars-1", "'mars-1' cannot stand here.", "us-east-1")]
    [InlineData("reason", "", "'' cannot stand here.", "1 to 500 characters")]
    [InlineData("reason", "   ", "'   ' cannot stand here.", "1 to 500 characters")]
    [InlineData("reason", "two\nlines", "'two\\u000Alines' cannot stand here.", "on one line")]
    [InlineData("incident", "a b", "'a b' cannot stand here.", "letters")]
    [InlineData("incident", "", "'' cannot stand here.", "letters")]
    [InlineData("target", "two words", "'two words' is no iam-user.", "arn:aws:iam::111122223333:user/…")]
    [InlineData("target", "arn:aws:iam::111122223333:role/x", "'arn:aws:iam::111122223333:role/x' is no iam-user.", "of one iam-user")]
    [InlineData("target", "arn:aws:iam::999988887777:user/x", "It is in account '999988887777', and the field account says 111122223333.", "iam-user")]
    [InlineData("target", "arn:aws-cn:iam::111122223333:user/x", "It is in the partition 'aws-cn', and the field region says us-east-1.", "iam-user")]
    [InlineData("receipt", "receipt-1", "A receipt is only for mode revert.", "nothing in this mode")]
    public void A_wrong_field_says_what_is_wrong_and_what_is_accepted(string field, string value, string problem, string accepts)
    {
        var error = Error(Payload(field, value));
        Assert.Equal((field, problem), (error.Field, error.Problem));
        Assert.Contains(accepts, error.Accepts, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_where_text_is_expected_says_so()
    {
        Assert.Equal("It is a number, not text.", Error(Payload("reason", 7)).Problem);
        Assert.Equal("It is an object, not text.", Error(Payload("reason", new JsonObject())).Problem);
        Assert.Equal("It is an array, not text.", Error(Payload("reason", new JsonArray())).Problem);
        Assert.Equal("It is true or false, not text.", Error(Payload("target", true)).Problem);
        Assert.Equal("It is a number, not text.", Error(Payload("target", 5)).Problem);
        Assert.Contains(
            new FieldError("account", "It is a number, not text.", "the account's id, twelve digits in quotes"),
            Assert.IsType<ActionRequestResult.Invalid>(Parse(Payload("account", 111122223333L))).Errors);
    }

    [Fact]
    public void A_receipt_goes_with_revert()
    {
        var payload = Payload("receipt", "receipt-0123");
        payload["mode"] = "revert";
        Assert.Equal("receipt-0123", Valid(payload).Receipt);
    }

    [Fact]
    public void A_regional_target_must_be_in_the_request_s_region()
    {
        var payload = Payload("target", "arn:aws:ec2:eu-west-1:111122223333:instance/i-0123456789abcdef0");
        Assert.Equal("It is in 'eu-west-1', and the field region says us-east-1.", Error(payload, Descriptors.Terminate).Problem);
        payload["region"] = "eu-west-1";
        Assert.Equal("eu-west-1", Valid(payload, Descriptors.Terminate).Targets[0].Region);
    }

    [Fact]
    public void Too_many_targets_say_how_many_there_may_be()
    {
        var four = new JsonArray([.. Enumerable.Range(0, 4).Select(number => JsonValue.Create($"i-{number:x17}"))]);
        var error = Error(Payload("target", four), Descriptors.Terminate);
        Assert.Equal(("target", "There are more than 3."), (error.Field, error.Problem));
        Assert.Contains("a list of up to 3", error.Accepts, StringComparison.Ordinal);
        Assert.Equal("There are more than 1.", Error(Payload("target", new JsonArray("a", "b"))).Problem);
        Assert.Equal("The list is empty.", Error(Payload("target", new JsonArray())).Problem);
    }

    [Fact]
    public void A_wrong_item_is_named_by_its_place()
    {
        var errors = Assert.IsType<ActionRequestResult.Invalid>(
            Parse(Payload("target", new JsonArray("i-0123456789abcdef0", 7, null)), Descriptors.Terminate)).Errors;
        Assert.Equal([("target[1]", "It is a number, not text."), ("target[2]", "It is null.")], errors.Select(error => (error.Field, error.Problem)));
    }

    [Fact]
    public void An_unknown_field_is_an_error_that_names_the_known_ones()
    {
        var error = Error(Payload("modus", "plan"));
        Assert.Equal(("modus", "There is no such field."), (error.Field, error.Problem));
        Assert.Equal("one of mode, account, region, target, reason, incident, round, receipt, options", error.Accepts);
    }

    [Fact]
    public void A_field_that_stands_twice_is_an_error()
    {
        var json = Payload().ToJsonString()[..^1] + ",\"mode\":\"apply\"}";
        var result = ActionRequestParser.Parse(Encoding.UTF8.GetBytes(json), Descriptors.ContainUser);
        Assert.Contains(new FieldError("mode", "It is there twice.", "each field once"), Assert.IsType<ActionRequestResult.Invalid>(result).Errors);
    }

    [Fact]
    public void An_option_that_the_action_lacks_is_an_error()
    {
        Assert.Equal("one of accessKeyId", Error(Payload("options", new JsonObject { ["denyAll"] = "true" })).Accepts);
        Assert.Equal("no fields", Error(With(Payload("options", new JsonObject { ["x"] = 1 })), Descriptors.DeactivateKey).Accepts);

        static JsonObject With(JsonObject payload)
        {
            payload["target"] = "ci-bot/AKIAEXAMPLEEXAMPLE00";
            return payload;
        }
    }

    [Fact]
    public void An_option_of_the_wrong_sort_is_an_error()
    {
        Assert.Equal(("options.accessKeyId", "It is a number, not text or true or false."), Brief(new JsonObject { ["accessKeyId"] = 1 }));
        Assert.Equal(("options.accessKeyId", "'a\\u000Ab' cannot stand here."), Brief(new JsonObject { ["accessKeyId"] = "a\nb" }));
        Assert.Equal(("options", "It is text, not an object."), Brief("x"));
        Assert.Equal("options.accessKeyId", Brief(new JsonObject { ["accessKeyId"] = new string('x', 257) }).Field);
        Assert.IsType<ActionRequestResult.Valid>(Parse(Payload("options", new JsonObject { ["accessKeyId"] = new string('x', 256) })));

        static (string Field, string Problem) Brief(JsonNode options)
        {
            var error = Error(Payload("options", options));
            return (error.Field, error.Problem);
        }
    }

    [Fact]
    public void An_option_with_a_choice_of_values_takes_no_other()
    {
        var payload = Payload("options", new JsonObject { ["denyAll"] = "yes" });
        payload["target"] = "deploy";
        var error = Error(payload, Descriptors.ContainRole);
        Assert.Equal(("'yes' cannot stand here.", "true or false"), (error.Problem, error.Accepts));
    }

    [Fact]
    public void Every_error_is_named_at_once()
    {
        var payload = new JsonObject { ["mode"] = "x", ["account"] = 1, ["colour"] = "red" };
        var fields = Assert.IsType<ActionRequestResult.Invalid>(Parse(payload)).Errors.Select(error => error.Field);
        Assert.Equal(["colour", "mode", "account", "region", "target", "reason"], fields);
    }

    [Fact]
    public void The_reason_may_have_500_characters()
    {
        Valid(Payload("reason", new string('x', 500)));
        Assert.Equal("reason", Error(Payload("reason", new string('x', 501))).Field);
    }
}
