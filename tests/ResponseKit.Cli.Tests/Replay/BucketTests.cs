using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ResponseKit.Cli.Tests.Drill;
using ResponseKit.Testing;
using static ResponseKit.Cli.Tests.Replay.LogFolder;

namespace ResponseKit.Cli.Tests.Replay;

/// <summary>Buckets are read as trails deliver into them, of one account and of an organization, and only the days that are asked for.</summary>
public sealed class BucketTests(EmulatorFixture emulator) : IClassFixture<EmulatorFixture>
{
    private readonly string bucket = $"trail-{Guid.NewGuid():n}";

    [Fact]
    public async Task A_bucket_is_read_as_a_folder_is()
    {
        var environment = await FillAsync();

        var (code, report) = await ReplayAsync(environment, $"s3://{bucket}/");

        Assert.Equal(2, code);
        Assert.Equal(5, report.GetProperty("recordsRead").GetInt64());
        Assert.Equal(6, report.GetProperty("filesRead").GetInt32());
        Assert.Equal([$"s3://{bucket}/notes.txt"], report.GetProperty("skipped").EnumerateArray().Select(entry => entry.GetProperty("file").GetString()));
    }

    [Theory]
    [InlineData("", "2026-03-02", "2026-03-03", 2)]
    [InlineData("trails/AWSLogs/", "2026-03-02", "2026-03-03", 2)]
    [InlineData("trails/AWSLogs/o-a1b2c3d4e5/444455556666/CloudTrail/us-east-1/", "2026-01-01", null, 2)]
    [InlineData("trails/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/", null, null, 1)]
    [InlineData("trails/AWSLogs/111122223333/CloudTrail/eu-", null, "2026-02-01", 1)]
    public async Task Only_what_is_named_and_of_the_days_that_are_asked_for_is_read(string prefix, string? from, string? to, long records)
    {
        var environment = await FillAsync();

        var (_, report) = await ReplayAsync(
            environment, [$"s3://{bucket}/{prefix}", .. from is null ? Array.Empty<string>() : ["--from", from], .. to is null ? Array.Empty<string>() : ["--to", to]]);

        Assert.Equal(records, report.GetProperty("recordsRead").GetInt64());
    }

    [Fact]
    public async Task What_is_not_there_is_named()
    {
        var environment = await FillAsync();

        var (none, empty) = await ReplayAsync(environment, $"s3://{bucket}/AWSLogs/nowhere/");
        var (missing, error) = await ReplayAsync(environment, $"s3://{bucket}-other/");

        Assert.Equal((2, 2), (none, missing));
        Assert.Contains("there is nothing that begins so", empty.GetProperty("skipped").ToString(), StringComparison.Ordinal);
        Assert.Contains("it could not be listed (", error.GetProperty("skipped").ToString(), StringComparison.Ordinal);
    }

    private async Task<Dictionary<string, string>> FillAsync()
    {
        using var s3 = new AmazonS3Client(
            new BasicAWSCredentials("AKIAROOT111122223333", "any"),
            new AmazonS3Config { ServiceURL = emulator.Address.ToString(), AuthenticationRegion = "us-east-1", ForcePathStyle = true });
        await s3.PutBucketAsync(bucket);
        foreach (var (key, record) in new[]
        {
            ("trails/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/01/15/111122223333_CloudTrail_eu-west-1_20260115T1000Z_A.json.gz", "2026-01-15T09:55:00Z"),
            ("trails/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/111122223333_CloudTrail_eu-west-1_20260302T1000Z_B.json.gz", "2026-03-02T09:55:00Z"),
            // Delivered a few minutes after midnight.
            ("trails/AWSLogs/o-a1b2c3d4e5/444455556666/CloudTrail/us-east-1/2026/03/03/444455556666_CloudTrail_us-east-1_20260303T0005Z_C.json.gz", "2026-03-02T23:59:00Z"),
            ("trails/AWSLogs/o-a1b2c3d4e5/444455556666/CloudTrail/us-east-1/2026/05/03/444455556666_CloudTrail_us-east-1_20260503T0005Z_D.json.gz", "2026-05-02T23:59:00Z"),
            ("trails/AWSLogs/111122223333/CloudTrail-Digest/eu-west-1/2026/03/02/d.json.gz", ""),
            ("trails/AWSLogs/111122223333/vpcflowlogs/eu-west-1/2026/03/02/f.log.gz", ""),
            ("trails/AWSLogs/111122223333/CloudTrail/us-east-1/2025/12/31/111122223333_CloudTrail_us-east-1_20251231T0005Z_E.json.gz", "2025-12-31T00:01:00Z"),
        })
        {
            using var content = new MemoryStream(Gzip(record.Length == 0 ? "2 flow" : Log(Record(Guid.NewGuid().ToString(), "DescribeInstances", record))));
            await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, InputStream = content });
        }

        await s3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "notes.txt", ContentBody = "nothing" });
        return new(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = emulator.Address.ToString(),
            ["AWS_ACCESS_KEY_ID"] = "AKIAROOT111122223333",
            ["AWS_SECRET_ACCESS_KEY"] = "any",
            ["AWS_REGION"] = "us-east-1",
        };
    }

    private static async Task<(int Code, JsonElement Report)> ReplayAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var (code, output, _) = await CommandLine.RunAsync(Path.GetTempPath(), environment, ["replay", .. arguments, "--format", "json"]);
        return (code, JsonElement.Parse(output));
    }
}
