using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using ResponseKit.Testing;

namespace ResponseKit.StandIns.Tests.RoundTrips;

public sealed class SimpleNotificationServiceRoundTrips(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    [Fact]
    public async Task A_message_is_published_with_its_subject_and_each_of_its_attributes()
    {
        using var account = emulator.NewAccount();
        await using var board = await NoticeBoard.CreateAsync(emulator, account);
        using var sns = Client(account);

        await sns.PublishAsync(new PublishRequest
        {
            TopicArn = board.Topic,
            Subject = "an incident",
            Message = "ümlaut & more\nlines",
            MessageAttributes = new()
            {
                ["verdict"] = new MessageAttributeValue { DataType = "String", StringValue = "contain" },
                ["account"] = new MessageAttributeValue { DataType = "String", StringValue = "111122223333" },
            },
        });

        var message = Assert.Single(board.Messages);
        Assert.Equal("an incident", message.GetProperty("Subject").GetString());
        Assert.Equal("ümlaut & more\nlines", message.GetProperty("Message").GetString());
        var attributes = message.GetProperty("MessageAttributes");
        Assert.Equal("contain", attributes.GetProperty("verdict").GetProperty("Value").GetString());
        Assert.Equal("111122223333", attributes.GetProperty("account").GetProperty("Value").GetString());
    }

    [Fact]
    public async Task A_topic_that_is_not_there_is_an_error_of_its_own_kind()
    {
        using var account = emulator.NewAccount();
        using var sns = Client(account);

        var publish = () => sns.PublishAsync(new PublishRequest { TopicArn = $"arn:aws:sns:us-east-1:{account.Id}:nowhere", Message = "x" });

        await Assert.ThrowsAsync<NotFoundException>(publish);
    }

    private AmazonSimpleNotificationServiceClient Client(TestAccount account) => new(
        new BasicAWSCredentials("AKIAROOT" + account.Id, "any"), emulator.Settings.For(new AmazonSimpleNotificationServiceConfig(), "us-east-1"));
}
