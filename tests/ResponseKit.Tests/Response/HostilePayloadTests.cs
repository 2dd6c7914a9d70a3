using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using ResponseKit.Resources;
using ResponseKit.Response;
using ResponseKit.Tests.Resources;

namespace ResponseKit.Tests.Response;

public sealed class HostilePayloadTests
{
    private static ActionRequestResult Parse(string json, ActionDescriptor action) => ActionRequestParser.Parse(Encoding.UTF8.GetBytes(json), action);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"plan\"")]
    [InlineData("{\"mode\":\"plan\",}")]
    public void What_is_no_object_says_what_one_looks_like(string json)
    {
        var error = Assert.Single(Assert.IsType<ActionRequestResult.Invalid>(Parse(json, Descriptors.ContainUser)).Errors);
        Assert.Equal("(payload)", error.Field);
        Assert.Contains("\"mode\":\"plan\"", error.Accepts, StringComparison.Ordinal);
    }

    [Fact]
    public void A_payload_of_a_megabyte_is_answered_in_brief()
    {
        string[] payloads =
        [
            $$"""{"mode":"{{new string('x', 1_000_000)}}"}""",
            $$"""{"target":[{{string.Join(',', Enumerable.Repeat("7", 500_000))}}],"account":"111122223333","region":"us-east-1"}""",
            $$"""{{{string.Join(',', Enumerable.Range(0, 80_000).Select(number => $"\"f{number}\":1"))}}}""",
            $$"""{"mode":"{{new string('x', 2_000_000)}}"}""",
        ];
        foreach (var payload in payloads)
        {
            var errors = Assert.IsType<ActionRequestResult.Invalid>(Parse(payload, Descriptors.ReleaseProtection)).Errors;
            Assert.InRange(errors.Length, 1, 30);
            Assert.True(JsonSerializer.Serialize(errors).Length < 10_000);
        }
    }

    [Fact]
    public void Whatever_stands_in_a_field_is_answered_without_harm()
    {
        var payloads =
            from field in Gen.Elements("mode", "account", "region", "target", "reason", "incident", "receipt", "options", "other")
            from text in Properties.Hostile
            from wrapped in Gen.Elements("{0}", "[{0}]", "{{{0}:{0}}}")
            select $"{{{JsonSerializer.Serialize(field)}:{string.Format(null, wrapped, JsonSerializer.Serialize(text))}}}";
        Properties.Holds(payloads, payload => Parse(payload, Descriptors.ContainUser) is ActionRequestResult.Invalid(var errors)
            && errors.All(error => !(error.Field + error.Problem).Any(character => char.IsControl(character) || character == '\u202e')));
    }

    [Fact]
    public void Random_bytes_never_make_it_throw() => Properties.Holds(
        Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf(),
        bytes => ActionRequestParser.Parse(bytes, Descriptors.ContainUser) is ActionRequestResult.Invalid);

    [Fact]
    public void Reading_what_a_request_writes_gives_the_same_request()
    {
        Properties.Holds(Requests, pair => Parse(pair.Request.ToJson(), pair.Action) is ActionRequestResult.Valid(var read) && read == pair.Request);
    }

    [Fact]
    public void Requests_that_differ_are_not_equal()
    {
        Properties.Holds(
            from one in Requests from other in Requests select (one.Request, other.Request),
            pair => pair.Item1.Equals(pair.Item2) == (pair.Item1.ToJson() == pair.Item2.ToJson()));
        Properties.Holds(Requests, pair => !pair.Request.Equals(null) && pair.Request.GetHashCode() == (pair.Request with { }).GetHashCode());
    }

    private static Gen<(ActionDescriptor Action, ActionRequest Request)> Requests =>
        from kind in Gen.Elements(ResourceKind.All.ToArray())
        from account in Properties.Account
        from region in Properties.Region
        from names in ResourceRefTests.NameOf(kind).ArrayOf(3)
        from mode in Gen.Elements(Enum.GetValues<ActionMode>())
        from reason in Properties.TextOf("abc \"'\\<>&é😀", 1, 20).Where(text => !string.IsNullOrWhiteSpace(text) && text.EnumerateRunes().All(rune => rune.Value != 0xFFFD))
        from incident in Gen.Elements(null, "INC-42", "a/b:c.d_e")
        from option in Gen.Elements(null, "true", "two words")
        let action = Descriptors.ContainUser with { Target = kind, MaxTargets = 3 }
        select (action, new ActionRequest
        {
            Mode = mode,
            Account = account,
            Region = region,
            Targets = [.. names.Distinct().Select(name => ResourceRef.Of(kind, account, region, name))],
            Reason = reason,
            Incident = incident,
            Receipt = mode == ActionMode.Revert ? incident : null,
            Options = option is null ? System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty : System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("accessKeyId", option),
        });
}
