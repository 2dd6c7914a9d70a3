using System.Collections.Immutable;
using Amazon.Runtime;
using ResponseKit.Aws.Accounts;
using ResponseKit.Emulator;
using ResponseKit.Resources;

namespace ResponseKit.Testing;

/// <summary>An emulated account for one test.</summary>
public sealed class TestAccount : IDisposable
{
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

    /// <inheritdoc/>
    public void Dispose() => Admin.Dispose();

    internal static string RandomId() => $"{Random.Shared.NextInt64(200_000_000_000, 999_999_999_999)}";

    /// <summary>The emulator lets this key do everything in its account.</summary>
    internal static string AdministratorKey(string account) => "AKIAROOT" + account;

    internal static AWSCredentials CredentialsOf(string accessKeyId, string secretAccessKey, string? sessionToken) => sessionToken is null
        ? new BasicAWSCredentials(accessKeyId, secretAccessKey)
        : new SessionAWSCredentials(accessKeyId, secretAccessKey, sessionToken);
}
