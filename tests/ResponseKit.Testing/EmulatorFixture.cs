using Amazon.Runtime;
using Amazon.SecurityToken;
using ResponseKit.Aws.Accounts;
using ResponseKit.Emulator;

namespace ResponseKit.Testing;

/// <summary>
/// The emulated AWS for a test class: <c>public sealed class MyTests(EmulatorFixture emulator) : IClassFixture&lt;EmulatorFixture&gt;</c>.
/// All classes of an assembly share one emulator, which ends with the test run; each test takes an account of its own, so tests run side by side.
/// </summary>
public sealed class EmulatorFixture : IAsyncLifetime
{
    // Test projects run side by side, so it may take its time to start.
    private static readonly Lazy<Task<EmulatorProcess>> Shared =
        new(() => EmulatorProcess.StartAsync(new EmulatorOptions { StartTimeout = TimeSpan.FromMinutes(1) }, CancellationToken.None));

    private static readonly Lazy<Task<HubAccount>> SharedHub = new(async () => await HubAccount.CreateAsync(await Shared.Value, CancellationToken.None));

    private EmulatorProcess? process;

    /// <summary>Where the emulator listens.</summary>
    public Uri Address => Process.Address;

    /// <summary>Faults, enforcement, the journal and the rest of what AWS does not offer.</summary>
    public EmulatorControl Control => Process.Control;

    /// <summary>Settings for clients of the emulator. Few retries: what fails in a test should fail soon.</summary>
    public ClientSettings Settings => SettingsFor(Process);

    private EmulatorProcess Process => process ?? throw new InvalidOperationException("xunit has not initialized the fixture: take it as a constructor parameter.");

    /// <summary>A new account that no other test uses. IAM is not enforced in it until <see cref="TestAccount.EnforceIamAsync"/>.</summary>
    public TestAccount NewAccount() => new(this, TestAccount.RandomId());

    /// <summary>The account from which responders enter other accounts; made when first asked for.</summary>
    public static Task<HubAccount> HubAsync() => SharedHub.Value;

    /// <summary>STS for a set of credentials.</summary>
    public IAmazonSecurityTokenService SecurityToken(AWSCredentials credentials, string region) =>
        new AmazonSecurityTokenServiceClient(credentials, Settings.For(new AmazonSecurityTokenServiceConfig(), region));

    /// <inheritdoc/>
    public async Task InitializeAsync() => process = await Shared.Value;

    /// <inheritdoc/>
    public Task DisposeAsync() => Task.CompletedTask;

    internal static ClientSettings SettingsFor(EmulatorProcess emulator) =>
        new() { ServiceUrl = emulator.Address.ToString(), MaxRetries = 2, Timeout = TimeSpan.FromSeconds(60) };
}
