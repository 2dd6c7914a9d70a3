using System.Collections.Frozen;
using System.Net;
using Amazon.Runtime;

namespace ResponseKit.Aws.Actions;

/// <summary>What errors of AWS mean for what to do next.</summary>
internal static class AwsErrors
{
    private static readonly FrozenSet<string> OfTheCaller = FrozenSet.Create(
        StringComparer.Ordinal,
        "RequestLimitExceeded", "Throttling", "ThrottlingException", "AuthFailure", "ExpiredToken", "ExpiredTokenException", "RequestExpired",
        "InvalidClientTokenId", "UnrecognizedClientException", "SignatureDoesNotMatch");

    /// <summary>
    /// Whether the error would be the same whatever the call names: throttling, credentials, a fault within AWS. A denied permission is
    /// not among them, as policies can deny by the tags of a single resource.
    /// </summary>
    public static bool IsAboutTheCaller(AmazonServiceException error) =>
        error.StatusCode >= HttpStatusCode.InternalServerError || OfTheCaller.Contains(error.ErrorCode ?? "");
}
