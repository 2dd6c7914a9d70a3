using Amazon.AutoScaling.Model;
using Amazon.IdentityManagement;
using Amazon.IdentityManagement.Model;
using ResponseKit.StandIns.Tests.Wire;
using Tag = Amazon.IdentityManagement.Model.Tag;

namespace ResponseKit.StandIns.Tests;

public sealed class QueryProtocolTests
{
    private static readonly Answer Nothing = Answer.Xml("<X><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></X>");

    [Fact]
    public async Task Lists_have_members()
    {
        await using var server = new AnsweringServer(Nothing);
        using var iam = server.Iam();

        await iam.TagUserAsync(new TagUserRequest
        {
            UserName = "ci-bot",
            Tags = [new Tag { Key = "a", Value = "1" }, new Tag { Key = "b", Value = "2" }],
        });

        Assert.Equal(("TagUser", "2010-05-08"), (server.Request.Form["Action"], server.Request.Form["Version"]));
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["UserName"] = "ci-bot",
                ["Tags.member.1.Key"] = "a",
                ["Tags.member.1.Value"] = "1",
                ["Tags.member.2.Key"] = "b",
                ["Tags.member.2.Value"] = "2",
            },
            server.Request.Fields);
    }

    [Fact]
    public async Task An_empty_list_is_sent_as_empty()
    {
        await using var server = new AnsweringServer(Nothing);
        using var autoScaling = server.AutoScaling();

        await autoScaling.SuspendProcessesAsync(new SuspendProcessesRequest { AutoScalingGroupName = "g", ScalingProcesses = [] });

        Assert.Equal(new Dictionary<string, string> { ["AutoScalingGroupName"] = "g", ["ScalingProcesses"] = "" }, server.Request.Fields);
    }

    [Fact]
    public async Task Reads_the_result_within_its_wrapper()
    {
        await using var server = new AnsweringServer(Answer.Xml("""
            <ListAccessKeysResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/">
              <ListAccessKeysResult>
                <IsTruncated>false</IsTruncated>
                <AccessKeyMetadata><member>
                  <UserName>ci-bot</UserName><AccessKeyId>AKIA1</AccessKeyId><Status>Inactive</Status><CreateDate>2026-01-02T03:04:05Z</CreateDate>
                </member></AccessKeyMetadata>
              </ListAccessKeysResult>
              <ResponseMetadata><RequestId>req-9</RequestId></ResponseMetadata>
            </ListAccessKeysResponse>
            """));
        using var iam = server.Iam();

        var answer = await iam.ListAccessKeysAsync(new ListAccessKeysRequest { UserName = "ci-bot" });

        var key = Assert.Single(answer.AccessKeyMetadata);
        Assert.Equal(StatusType.Inactive, key.Status);
        Assert.Equal(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), key.CreateDate);
        Assert.False(answer.IsTruncated);
        Assert.Equal("req-9", answer.ResponseMetadata.RequestId);
    }

    [Fact]
    public async Task Bytes_arrive_decoded()
    {
        await using var server = new AnsweringServer(Answer.Xml(
            "<R><GetCredentialReportResult><Content>dXNlcixhcm4=</Content><ReportFormat>text/csv</ReportFormat></GetCredentialReportResult></R>"));
        using var iam = server.Iam();

        var answer = await iam.GetCredentialReportAsync();

        Assert.Equal("user,arn", new StreamReader(answer.Content).ReadToEnd());
        Assert.Equal(ReportFormatType.TextCsv, answer.ReportFormat);
    }

    [Fact]
    public async Task Dates_are_sent_in_utc()
    {
        await using var server = new AnsweringServer(Nothing);
        using var autoScaling = server.AutoScaling();

        await autoScaling.PutScheduledUpdateGroupActionAsync(new PutScheduledUpdateGroupActionRequest
        {
            AutoScalingGroupName = "g",
            ScheduledActionName = "s",
            StartTime = new DateTime(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc),
        });

        Assert.StartsWith("2026-05-01T12:00:00", server.Request.Fields["StartTime"], StringComparison.Ordinal);
        Assert.EndsWith("Z", server.Request.Fields["StartTime"], StringComparison.Ordinal);
    }
}
