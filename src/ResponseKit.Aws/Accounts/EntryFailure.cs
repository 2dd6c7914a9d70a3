using Amazon.Runtime;

namespace ResponseKit.Aws.Accounts;

/// <summary>Says in words why an account could not be entered.</summary>
internal static class EntryFailure
{
    public static string Explain(string account, string roleArn, Exception error) =>
        $"Account {account} could not be entered as {roleArn}, and nothing was changed in it. {Cause(error)}";

    private static string Cause(Exception error) => error switch
    {
        AmazonServiceException { ErrorCode: "AccessDenied" or "AccessDeniedException" } refused =>
            $"STS refused ({refused.Message.TrimEnd('.')}). Deploy the responder role in that account, or let its trust policy admit this function's role.",
        AmazonServiceException { ErrorCode: "ExpiredToken" or "InvalidClientTokenId" or "SignatureDoesNotMatch" } stale =>
            $"The credentials in use here are not valid ({stale.ErrorCode}). Renew them and ask again.",
        AmazonServiceException { ErrorCode: "PackedPolicyTooLarge" or "PackedPolicyTooLargeException" } =>
            "STS found the session policy and the session's tags too large. Remove session tags, or declare shorter resource patterns in the action.",
        AmazonServiceException { ErrorCode: "RegionDisabled" or "RegionDisabledException" } =>
            "STS is switched off for that account in this region. Switch it on in the account's IAM settings.",
        AmazonServiceException other => $"STS answered {other.ErrorCode ?? other.StatusCode.ToString()} ({other.Message.TrimEnd('.')}). Ask again; it may pass.",
        HttpRequestException network => $"STS could not be reached ({network.Message.TrimEnd('.')}). Check the network or the endpoint, and ask again.",
        _ => $"{error.Message.TrimEnd('.')}. Give this process AWS credentials that may assume the role.",
    };
}
