using System.Text;
using ResponseKit.Response;

namespace ResponseKit.Tests.Response;

public sealed class ApprovalInputParserTests
{
    [Theory]
    [InlineData("approve", true)]
    [InlineData("reject", false)]
    public void A_persons_answer_is_read(string decision, bool isApproved) => Assert.Equal(
        new ApprovalInput.Decide("inc-1", isApproved, "alice", "ticket 42"),
        Parse($$"""{"decision":"{{decision}}","incident":"inc-1","by":"alice","reason":"ticket 42"}"""));

    [Fact]
    public void What_is_to_be_remembered_of_a_release_is_read() => Assert.Equal(
        new ApprovalInput.Decide("inc-1", false, "alice", "ticket 42", null, new Remembering(500, 30)),
        Parse("""{"decision":"reject","incident":"inc-1","by":"alice","reason":"ticket 42","remember":{"usdPerHour":500,"days":30}}"""));

    [Fact]
    public void What_the_state_machine_sends_is_read() => Assert.Equal(
        new ApprovalInput.Ask("inc-1", 2, "AQ=="), Parse("""{"ask":{"incident":"inc-1","round":2,"token":"AQ=="}}"""));

    [Theory]
    [InlineData("nonsense", "(payload)")]
    [InlineData("[]", "(payload)")]
    [InlineData("{}", "decision incident by reason")]
    [InlineData("""{"decision":"Approve","incident":"inc-1","by":"a","reason":"b"}""", "decision")]
    [InlineData("""{"decision":true,"incident":"inc-1","by":"a","reason":"b"}""", "decision")]
    [InlineData("""{"decision":"approve","incident":"inc-1#ask","by":"a","reason":"b"}""", "incident")]
    [InlineData("""{"decision":"approve","incident":"inc-1","by":" ","reason":"b"}""", "by")]
    [InlineData("""{"decision":"approve","incident":"inc-1","by":"a","reason":"b\nc"}""", "reason")]
    [InlineData("""{"decision":"approve","incident":"inc-1","by":"a\u001b[31m","reason":"b"}""", "by")]
    [InlineData("""{"decision":"approve","incident":"inc-1","by":"a","reason":"b","raeson":"c"}""", "raeson")]
    [InlineData("""{"decision":"reject","decision":"approve","incident":"inc-1","by":"a","reason":"b"}""", "decision")]
    [InlineData("""{"decision":"approve","incident":"inc-1","by":"a","reason":"b","remember":{"usdPerHour":5,"days":1}}""", "remember")]
    [InlineData("""{"decision":"reject","incident":"inc-1","by":"a","reason":"b","remember":{"usdPerHour":5}}""", "remember")]
    [InlineData("""{"decision":"reject","incident":"inc-1","by":"a","reason":"b","remember":{"usdPerHour":0,"days":1}}""", "remember")]
    [InlineData("""{"decision":"reject","incident":"inc-1","by":"a","reason":"b","remember":{"usdPerHour":5,"days":1,"x":1}}""", "remember")]
    [InlineData("""{"ask":{"incident":"inc-1","round":0,"token":""}}""", "ask.token ask.round")]
    [InlineData("""{"ask":7}""", "ask.incident ask.token ask.round")]
    public void What_is_wrong_is_named_field_by_field(string payload, string fields)
    {
        var errors = Assert.IsType<ApprovalInput.Invalid>(Parse(payload)).Errors;

        Assert.Equal(fields, string.Join(' ', errors.Select(error => error.Field)));
        Assert.All(errors, error => Assert.DoesNotContain(error.Problem, char.IsControl));
    }

    private static ApprovalInput Parse(string payload) => ApprovalInputParser.Parse(Encoding.UTF8.GetBytes(payload));
}
