using System.Text.Json;
using FsCheck.Fluent;
using ResponseKit.Records;

namespace ResponseKit.Tests.Records;

public sealed class RecordMembersTests
{
    private static readonly string Any = new Sample().ToJson();

    [Fact]
    public void Of_a_name_that_stands_twice_the_last_value_counts() =>
        Assert.Equal("CreateFleet", Sample.Parsed(Any.TrimEnd()[..^1] + ",\"eventName\":\"CreateFleet\"}").EventName);

    [Theory]
    [InlineData("eventName")]
    [InlineData("userIdentity")]
    [InlineData("awsRegion")]
    [InlineData("recipientAccountId")]
    public void Names_may_be_written_with_escapes(string name)
    {
        var escaped = Any.Replace($"\"{name}\"", $"\"\\u{(int)name[0]:x4}{name[1..]}\"");
        Assert.NotEqual(Any, escaped);
        Assert.Equal((Sample.Parsed(Any).EventName, Sample.Parsed(Any).Actor.Key), (Sample.Parsed(escaped).EventName, Sample.Parsed(escaped).Actor.Key));
    }

    [Fact]
    public void What_is_found_is_what_looking_for_each_finds()
    {
        var root = Sample.Parsed(Any).Root;
        var members = new RecordMembers(root);
        Assert.Equal(
            new[] { "eventVersion", "userIdentity", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent", "eventID", "recipientAccountId" }
                .Select(name => root[name].ToString()),
            [
                members.Version.ToString(), members.Identity.ToString(), members.EventTime.ToString(), members.EventSource.ToString(), members.EventName.ToString(),
                members.Region.ToString(), members.SourceAddress.ToString(), members.UserAgent.ToString(), members.EventId.ToString(), members.Account.ToString(),
            ]);
    }

    [Fact]
    public void What_is_no_object_has_none()
    {
        using var list = JsonDocument.Parse("[1]");
        Assert.False(new RecordMembers(new Field(list.RootElement)).EventName.IsPresent);
        Assert.False(new RecordMembers(Field.Missing).EventName.IsPresent);
    }

    [Fact]
    public void A_shared_text_is_the_text() => Properties.Holds(Properties.Hostile.Select(text => JsonSerializer.Serialize(new[] { text })), json =>
    {
        using var list = JsonDocument.Parse(json);
        var field = new Field(list.RootElement[0]);
        return field.SharedText == field.Text;
    });
}
