using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using ResponseKit.Aws.Accounts;
using ResponseKit.Emulator;
using ResponseKit.Resources;

namespace ResponseKit.Testing;

/// <summary>An emulated account for one test.</summary>
public sealed class TestAccount : IDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly EmulatorFixture emulator;

    internal TestAccount(EmulatorFixture emulator, string id)
    {
        this.emulator = emulator;
        Id = id;
        Admin = ClientsAs(AdministratorKey(id), "any");
    }

    /// <summary>The account's twelve digits.</summary>
    public string Id { get; }

    /// <summary>Clients that may do everything in the account, whether IAM is enforced or not.</summary>
    public AwsClients Admin { get; }

    /// <summary>Clients with an access key, or with a session when there is a token.</summary>
    public AwsClients ClientsAs(string accessKeyId, string secretAccessKey, string? sessionToken = null) =>
        new(CredentialsOf(accessKeyId, secretAccessKey, sessionToken), Id, emulator.Settings);

    /// <summary>Turns IAM on for this account: from now on keys, policies and sessions count.</summary>
    public Task EnforceIamAsync() => emulator.Control.EnforceAsync(enabled: true, Id, CancellationToken.None);

    /// <summary>A resource of this account.</summary>
    public ResourceRef Resource(ResourceKind kind, string name, string region = "us-east-1") => ResourceRef.Of(kind, Id, region, name);

    /// <summary>Where the journal ends now: pass it to <see cref="JournalAsync"/> to see what comes after.</summary>
    public async Task<long> JournalEndAsync() => (await emulator.Control.HealthAsync(CancellationToken.None)).Next;

    /// <summary>The AWS calls into this account, the test's own included.</summary>
    public async Task<ImmutableArray<JournalCall>> JournalAsync(long since = 0) =>
        (await emulator.Control.JournalAsync(new JournalQuery { Account = Id, Since = since }, CancellationToken.None)).Calls;

    /// <summary>Makes calls into this account go wrong.</summary>
    public Task AddFaultAsync(EmulatorFault fault) => emulator.Control.AddFaultAsync(fault with { Account = Id }, CancellationToken.None);

    /// <summary>
    /// Calls an operation that the AWS SDK for .NET has no method for, such as what only ECS's own agent calls. The administrator asks, whose signatures are
    /// not looked at.
    /// </summary>
    /// <param name="region">The region.</param>
    /// <param name="service">The service's signing name.</param>
    /// <param name="operation">The operation as <c>X-Amz-Target</c> names it.</param>
    /// <param name="request">The request, which is sent as JSON.</param>
    /// <exception cref="HttpRequestException">The call was refused.</exception>
    public async Task AskAsync(string region, string service, string operation, object request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, emulator.Address);
        message.Headers.Add("X-Amz-Target", operation);
        message.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={AdministratorKey(Id)}/20251102/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0");
        message.Content = new StringContent(JsonSerializer.Serialize(request), Encoding.UTF8, new MediaTypeHeaderValue("application/x-amz-json-1.1"));
        using var answer = await Http.SendAsync(message);
        answer.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public void Dispose() => Admin.Dispose();

    internal static string RandomId() => $"{Random.Shared.NextInt64(200_000_000_000, 999_999_999_999)}";

    /// <summary>The emulator lets this key do everything in its account.</summary>
    internal static string AdministratorKey(string account) => "AKIAROOT" + account;

    internal static AWSCredentials CredentialsOf(string accessKeyId, string secretAccessKey, string? sessionToken) => sessionToken is null
        ? new BasicAWSCredentials(accessKeyId, secretAccessKey)
        : new SessionAWSCredentials(accessKeyId, secretAccessKey, sessionToken);
}
