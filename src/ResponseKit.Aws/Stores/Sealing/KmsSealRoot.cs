using System.Text;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;
using ResponseKit.Response.Stores.Sealing;

namespace ResponseKit.Aws.Stores.Sealing;

/// <summary>
/// Derives the secret of a table from a KMS HMAC key, which never leaves KMS, with one call (AWS KMS API Reference, "GenerateMac"). The table's name goes into it, so
/// that what is copied into another deployment's table is worth nothing there.
/// </summary>
/// <param name="kms">KMS in the key's region.</param>
/// <param name="key">The key's ARN; it must be an HMAC_256 key.</param>
/// <param name="table">The table's name.</param>
public sealed class KmsSealRoot(IAmazonKeyManagementService kms, string key, string table) : ISealRoot
{
    /// <inheritdoc/>
    public async Task<SealRootResult> DeriveAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var message = new MemoryStream(Encoding.UTF8.GetBytes($"ResponseKit/state/1/{table}"), writable: false);
            var answer = await kms.GenerateMacAsync(
                new GenerateMacRequest { KeyId = key, MacAlgorithm = MacAlgorithmSpec.HMAC_SHA_256, Message = message }, cancellationToken);
            return new SealRootResult.Derived(answer.Mac.ToArray());
        }
        catch (AmazonServiceException error)
        {
            return new SealRootResult.Refused($"The seal key {key} cannot be used ({error.ErrorCode}: {error.Message.TrimEnd('.')}).");
        }
        catch (Exception error) when (error is AmazonClientException or HttpRequestException
            || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new SealRootResult.Refused($"KMS cannot be asked for the seal key {key} ({error.Message.TrimEnd('.')}).");
        }
    }
}
