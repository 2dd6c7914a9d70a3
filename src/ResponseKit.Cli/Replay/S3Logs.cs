using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using ResponseKit.Replay.Reading;

namespace ResponseKit.Cli.Replay;

/// <summary>
/// Logs in S3 buckets, named <c>s3://BUCKET/PREFIX</c>, with the credentials of AWS's usual chain. Folders of days are only listed where they may hold records of the times
/// that are asked for; CloudTrail's layout has them below the region, of an organization below its id
/// (CloudTrail User Guide, "Finding your CloudTrail log files").
/// </summary>
/// <param name="from">Only records from this time on are asked for.</param>
/// <param name="to">Only records before this time are asked for.</param>
internal sealed partial class S3Logs(DateTimeOffset from, DateTimeOffset to) : ILogStore, IDisposable
{
    /// <summary>How many objects are read at the same time for each that would be of files.</summary>
    public const int ReadersPerCore = 8;

    private const string Scheme = "s3://";
    private const int Attempts = 3;
    private const int MostHeld = 64 << 20;

    // Records are delivered within minutes, but a day's folder is named by the delivery.
    private static readonly TimeSpan Lateness = TimeSpan.FromDays(1);

    private readonly Lazy<AmazonS3Client> client = new(Client);

    /// <inheritdoc/>
    public bool Has(string path) => path.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public IEnumerable<LogFile> Find(string path, CancellationToken cancellationToken)
    {
        var (bucket, prefix) = Parts(path);
        try
        {
            return FindAsync(bucket, prefix, cancellationToken).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is AmazonClientException or AmazonServiceException or HttpRequestException)
        {
            throw new IOException(Reason(error), error);
        }
    }

    /// <inheritdoc/>
    public Stream Open(LogFile file, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return OpenAsync(file, cancellationToken).GetAwaiter().GetResult();
            }
            catch (Exception error) when (attempt < Attempts && error is IOException or HttpRequestException)
            {
                // The connection broke; what had come is gone.
            }
            catch (Exception error) when (error is AmazonClientException or AmazonServiceException or HttpRequestException)
            {
                throw new IOException(Reason(error), error);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (client.IsValueCreated)
            client.Value.Dispose();
    }

    private static (string Bucket, string Key) Parts(string path) =>
        path[Scheme.Length..].Split('/', 2) is [var bucket, var key] ? (bucket, key) : (path[Scheme.Length..], "");

    private static string Reason(Exception error) => error is AmazonS3Exception { ErrorCode: "InvalidObjectState" }
        ? "it is archived in S3 Glacier; restore it first"
        : error.Message;

    private async Task<Stream> OpenAsync(LogFile file, CancellationToken cancellationToken)
    {
        var (bucket, key) = Parts(file.Path);
        var answer = await client.Value.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key }, cancellationToken);
        if (file.Bytes > MostHeld)
            return answer.ResponseStream;
        using (answer)
        {
            var content = new MemoryStream((int)Math.Min(file.Bytes, MostHeld));
            await answer.ResponseStream.CopyToAsync(content, cancellationToken);
            content.Position = 0;
            return content;
        }
    }

    private async Task<List<LogFile>> FindAsync(string bucket, string prefix, CancellationToken cancellationToken)
    {
        var found = new List<LogFile>();
        var isBounded = from > DateTimeOffset.MinValue || to < DateTimeOffset.MaxValue;
        var folders = new Stack<(string Prefix, KeyDate Date)>([(prefix, new KeyDate())]);
        while (folders.TryPop(out var folder))
        {
            var request = new ListObjectsV2Request { BucketName = bucket, Prefix = folder.Prefix, Delimiter = isBounded && !folder.Date.IsDay ? "/" : null };
            ListObjectsV2Response page;
            do
            {
                page = await client.Value.ListObjectsV2Async(request, cancellationToken);
                foreach (var entry in page.S3Objects ?? [])
                    Add(found, bucket, prefix, entry);
                foreach (var inner in page.CommonPrefixes ?? [])
                {
                    var date = folder.Date.With(inner.TrimEnd('/').Split('/')[^1]);
                    if (date.MayHold(from, to) && !IsOfOtherService(inner, prefix))
                        folders.Push((inner, date));
                }

                request.ContinuationToken = page.NextContinuationToken;
            }
            while (page.IsTruncated == true);
        }

        return found;
    }

    private void Add(List<LogFile> found, string bucket, string named, S3Object entry)
    {
        var size = entry.Size ?? 0;
        if (size == 0 || IsOfOtherService(entry.Key, named))
            return;
        var time = LogTimes.InFileName(entry.Key[(entry.Key.LastIndexOf('/') + 1)..]);
        if (time is { } delivered && (delivered < from.UtcDateTime || (to < DateTimeOffset.MaxValue - Lateness && delivered >= (to + Lateness).UtcDateTime)))
            return;
        found.Add(new($"{Scheme}{bucket}/", entry.Key, size, time ?? entry.LastModified?.ToUniversalTime() ?? DateTime.MaxValue) { IsFar = true });
    }

    // Other services deliver into the same bucket, and CloudTrail itself digests. Whoever names their folder means it.
    private static bool IsOfOtherService(string key, string named) =>
        Service().Match(key) is { Success: true } match && match.Groups["service"].Value is var service && service != "CloudTrail" && !named.Contains(service, StringComparison.Ordinal);

    private static AmazonS3Client Client()
    {
        var endpoint = Variable("AWS_ENDPOINT_URL_S3") ?? Variable("AWS_ENDPOINT_URL");
        var config = new AmazonS3Config { MaxErrorRetry = 5, RetryMode = RequestRetryMode.Standard, ForcePathStyle = endpoint is not null };
        var region = Variable("AWS_REGION") ?? Variable("AWS_DEFAULT_REGION") ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName ?? "us-east-1";
        if (endpoint is null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        else
            (config.ServiceURL, config.AuthenticationRegion) = (endpoint, region);
        return new(config);
    }

#pragma warning disable RS0030 // A command of the tool is a composition root: where it finds AWS is read here.
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
#pragma warning restore RS0030

    [GeneratedRegex(@"(^|/)AWSLogs/(o-[a-z0-9]{10,32}/)?\d{12}/(?<service>[^/]+)/", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Service();

    /// <summary>What the folders above a key say of the day.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct KeyDate(int? Year = null, int? Month = null, int? Day = null)
    {
        public bool IsDay => Day is not null;

        // 2026, 03 and 02, or as Athena's partitions are called: year=2026.
        public KeyDate With(string folder)
        {
            var text = folder[(folder.IndexOf('=', StringComparison.Ordinal) + 1)..];
            return !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? this
                : (Year, text.Length) is (null, 4) && number is >= 1970 and < 9000 ? new(number)
                : (Year, Month, text.Length) is (not null, null, 2) && number is >= 1 and <= 12 ? this with { Month = number }
                : (Month, Day, text.Length) is (not null, null, 2) && number >= 1 && number <= DateTime.DaysInMonth(Year!.Value, Month!.Value) ? this with { Day = number }
                : this;
        }

        public bool MayHold(DateTimeOffset from, DateTimeOffset to)
        {
            if (Year is not { } year)
                return true;
            var begins = new DateTimeOffset(year, Month ?? 1, Day ?? 1, 0, 0, 0, TimeSpan.Zero);
            var ends = IsDay ? begins.AddDays(1) : Month is not null ? begins.AddMonths(1) : begins.AddYears(1);
            return ends > from && begins - Lateness < to;
        }
    }
}
