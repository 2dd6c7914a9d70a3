using System.Text.RegularExpressions;

namespace ResponseKit.Response;

/// <summary>
/// The parts of a signed <c>sts:GetCallerIdentity</c> request that only its sender can make; everything else of it is fixed. Its text is never written anywhere:
/// with it the request could be sent once more.
/// </summary>
/// <param name="Authorization">The header Authorization.</param>
/// <param name="Date">The header X-Amz-Date, such as 20261130T021500Z.</param>
/// <param name="Token">The header X-Amz-Security-Token; null for long-lived keys.</param>
public sealed partial record CallerProof(string Authorization, string Date, string? Token)
{
    /// <summary>The most characters of a session token.</summary>
    public const int MaxToken = 4096;

    /// <summary>The headers that are signed, in order, without and with a session token: these and no others.</summary>
    public static (string Without, string With) SignedHeaders { get; } =
        ("content-type;host;x-amz-date;x-responsekit-answer", "content-type;host;x-amz-date;x-amz-security-token;x-responsekit-answer");

    /// <summary>Whether it has the one form that is accepted.</summary>
    public bool IsWellFormed =>
        DateForm().IsMatch(Date) && AuthorizationForm().Match(Authorization) is { Success: true } match
        && match.Groups["day"].Value == Date[..8]
        && match.Groups["headers"].Value == (Token is null ? SignedHeaders.Without : SignedHeaders.With)
        && (Token is null || (Token.Length is > 0 and <= MaxToken && TokenForm().IsMatch(Token)));

    /// <summary>The region that it is signed for; empty when it is not well-formed.</summary>
    public string Region => AuthorizationForm().Match(Authorization).Groups["region"].Value;

    /// <summary>Nothing of it may be shown.</summary>
    public override string ToString() => "(a signed request)";

    [GeneratedRegex(
        @"\AAWS4-HMAC-SHA256 Credential=[A-Z0-9]{16,128}/(?<day>\d{8})/(?<region>[a-z0-9-]{1,32})/sts/aws4_request, SignedHeaders=(?<headers>[a-z0-9;-]{1,200}), Signature=[0-9a-f]{64}\z",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex AuthorizationForm();

    [GeneratedRegex(@"\A\d{8}T\d{6}Z\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex DateForm();

    [GeneratedRegex(@"\A[A-Za-z0-9+/=_-]+\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex TokenForm();
}
