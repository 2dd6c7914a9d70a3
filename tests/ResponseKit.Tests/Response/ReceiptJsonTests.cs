using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResponseKit.Response;

namespace ResponseKit.Tests.Response;

public sealed class ReceiptJsonTests
{
    private static readonly ActionReceipt Receipt = new()
    {
        Id = "receipt-1",
        Action = "iam.contain-user",
        Mode = ActionMode.Apply,
        Status = ReceiptStatus.AlreadyInPlace,
        Account = "111122223333",
        Region = "us-east-1",
        Targets = ["arn:aws:iam::111122223333:user/o'brien"],
        Reason = "key on a public repo",
        Incident = "INC-42",
        Options = ImmutableSortedDictionary<string, string>.Empty.Add("sessions", "revoke"),
        Started = DateTimeOffset.UnixEpoch,
        Finished = DateTimeOffset.UnixEpoch.AddSeconds(3),
        Steps =
        [
            new("key/a", "iam:UpdateAccessKey", "a", "Deactivate a", JsonNode.Parse("""{"status":"Active"}"""), new StepOutcome.Applied("id-1")),
            new("key/b", "iam:UpdateAccessKey", "b", "Deactivate b", null, new StepOutcome.Failed("Throttling", "slow down")),
            new("key/c", "iam:UpdateAccessKey", "c", "Deactivate c", null, new StepOutcome.NotReached()),
        ],
        Message = "Done.",
    };

    [Fact]
    public void A_receipt_survives_being_written_and_read()
    {
        var read = ReceiptJson.Read(ReceiptJson.Write(Receipt));

        Assert.Equal(Encoding.UTF8.GetString(ReceiptJson.Write(Receipt)), Encoding.UTF8.GetString(ReceiptJson.Write(read)));
        Assert.Equal(Receipt.Steps.Select(step => step.Outcome), read.Steps.Select(step => step.Outcome));
        Assert.Equal("Active", read.Steps[0].Before!["status"]!.GetValue<string>());
    }

    [Fact]
    public void Reads_like_the_payload_that_people_type()
    {
        var json = Encoding.UTF8.GetString(ReceiptJson.Write(Receipt));

        Assert.Contains("\"mode\":\"apply\"", json, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"already-in-place\"", json, StringComparison.Ordinal);
        Assert.Contains("user/o'brien", json, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":{\"outcome\":\"failed\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"reverted\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_receipt_that_is_too_long_leaves_its_last_steps_out_and_says_so()
    {
        var step = Receipt.Steps[0];
        var huge = Receipt with { Steps = [.. Enumerable.Range(0, 5_000).Select(number => step with { Key = $"key/{number}" })] };

        var json = ReceiptJson.WriteWithin(huge, 200_000);
        var read = ReceiptJson.Read(json);

        Assert.InRange(json.Length, 100_000, 200_000);
        Assert.Equal(huge.Steps.Take(read.Steps.Length).Select(kept => kept.Key), read.Steps.Select(kept => kept.Key));
        Assert.Contains($"the first {read.Steps.Length} of 5000 steps", read.Message, StringComparison.Ordinal);
        Assert.Equal(ReceiptJson.Write(Receipt), ReceiptJson.WriteWithin(Receipt, 200_000));
    }

    [Fact]
    public void Anything_else_is_no_receipt() => Assert.Throws<JsonException>(() => ReceiptJson.Read("null"u8));
}
