using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;

namespace ResponseKit.Cli.Deployed;

/// <summary>Says what an error of the SDK means to the person at the terminal.</summary>
internal static class DeploymentFailure
{
    /// <summary>What it means; null for an error that is none of AWS's.</summary>
    public static string? Of(Exception error, string? table) => error switch
    {
        ResourceNotFoundException =>
            $"There is no table '{table}' in this account and region. Name the deployment's with --table, --region and --profile.",
        Amazon.Lambda.Model.ResourceNotFoundException lambda =>
            $"There is no such function in this account and region: {lambda.Message} Name the deployment's with --function, --region and --profile.",
        AmazonServiceException { ErrorCode: "AccessDeniedException" or "AccessDenied" } denied =>
            $"AWS refuses it to these credentials: {denied.Message}",
        AmazonServiceException { ErrorCode: "UnrecognizedClientException" or "InvalidClientTokenId" or "InvalidSignatureException" or "ExpiredTokenException" or "ExpiredToken" } invalid =>
            $"AWS does not accept these credentials: {invalid.Message} Sign in anew, or name others with --profile.",
        AmazonServiceException service => $"AWS answered with an error: {service.ErrorCode} {service.Message}",
        // The chain's own message goes on to name every place it has looked at.
        AmazonClientException client => $"AWS could not be asked: {client.Message.Split(". ")[0].TrimEnd('.')}. If there are no credentials: sign in, or name a profile with --profile.",
        HttpRequestException network => $"AWS could not be reached: {network.Message}",
        _ => null,
    };
}
