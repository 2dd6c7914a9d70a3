using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ResponseKit.Resources;
using ResponseKit.Response;

namespace ResponseKit.Aws.Identity;

/// <summary>What came of asking AWS who signed a request. One of <see cref="Known"/>, <see cref="Refused"/>.</summary>
public abstract record CallerIdentityResult
{
    private CallerIdentityResult()
    {
    }

    /// <summary>AWS says who it was.</summary>
    /// <param name="Arn">The caller's ARN as AWS gives it: of a user, or of a role's session.</param>
    public sealed record Known(string Arn) : CallerIdentityResult;

    /// <summary>It proves nothing.</summary>
    /// <param name="Reason">Why, for a person; nothing of the request stands in it.</param>
    public sealed record Refused(string Reason) : CallerIdentityResult;
}

/// <summary>
/// Sends a person's signed request to AWS STS, to learn who signed it. Host, method, body and the header that binds the answer are this process's own; the person
/// gives the signature, its date and the session token, and nothing of those is written anywhere.
/// </summary>
/// <param name="region">The region of the function.</param>
/// <param name="serviceUrl">An endpoint instead of AWS's own, from the function's environment; null for AWS.</param>
/// <param name="time">The clock.</param>
public sealed class CallerIdentity(string region, string? serviceUrl, TimeProvider time) : IDisposable
{
    private const int MostBytes = 16 * 1024;
    private static readonly XNamespace Sts = "https://sts.amazonaws.com/doc/2011-06-15/";

    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(3) })
    {
        Timeout = TimeSpan.FromSeconds(8),
        MaxResponseContentBufferSize = MostBytes,
    };

    /// <summary>Asks.</summary>
    /// <param name="proof">What the person sent.</param>
    /// <param name="answer">The text that they must have signed.</param>
    /// <param name="cancellationToken">Gives up at once.</param>
    public async Task<CallerIdentityResult> AskAsync(CallerProof proof, string answer, CancellationToken cancellationToken)
    {
        if (Problem(proof) is { } problem)
            return new CallerIdentityResult.Refused(problem);
        using var request = new HttpRequestMessage(HttpMethod.Post, IdentityRequest.Endpoint(region, serviceUrl));
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(IdentityRequest.Body));
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(IdentityRequest.ContentType);
        request.Headers.TryAddWithoutValidation("Authorization", proof.Authorization);
        request.Headers.TryAddWithoutValidation("X-Amz-Date", proof.Date);
        if (proof.Token is not null)
            request.Headers.TryAddWithoutValidation("X-Amz-Security-Token", proof.Token);
        request.Headers.TryAddWithoutValidation(AnswerText.Header, answer);
        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return (int)response.StatusCode == 200
                ? Read(body)
                : new CallerIdentityResult.Refused($"AWS does not accept the signature (status {(int)response.StatusCode}). It was made for another question, decision or reason, or with credentials that do not hold.");
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new CallerIdentityResult.Refused("AWS STS could not be asked who signed it. Try again.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private string? Problem(CallerProof proof)
    {
        if (!proof.IsWellFormed)
            return "The proof is not a signed sts:GetCallerIdentity request with the headers that must be signed. Use 'responsekit approve'.";
        if (proof.Region != region)
            return $"The proof is signed for another region than {region}.";
        return DateTimeOffset.TryParseExact(proof.Date, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
            && (time.GetUtcNow() - signed).Duration() <= AnswerText.Valid
                ? null
                : $"The proof counts for {AnswerText.Valid.TotalMinutes:0} minutes, and was signed at another time. Sign again.";
    }

    private static CallerIdentityResult Read(byte[] body)
    {
        try
        {
            using var reader = XmlReader.Create(
                new MemoryStream(body, writable: false), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostBytes });
            var root = XDocument.Load(reader).Root;
            var arn = root?.Name == Sts + "GetCallerIdentityResponse" ? root.Element(Sts + "GetCallerIdentityResult")?.Element(Sts + "Arn")?.Value : null;
            return arn is not null && Arn.TryParse(arn, out _) ? new CallerIdentityResult.Known(arn) : new CallerIdentityResult.Refused("AWS STS did not say who signed it.");
        }
        catch (XmlException)
        {
            return new CallerIdentityResult.Refused("AWS STS did not say who signed it.");
        }
    }
}
