using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json;
using ResponseKit.Emulator.Deployed;

namespace ResponseKit.Emulator;

/// <summary>
/// The emulator's control interface under <c>/rk/</c>: what AWS itself does not offer. An account of null means every account.
/// Every member throws <see cref="HttpRequestException"/> with the emulator's own words when it refuses or is gone.
/// </summary>
public sealed class EmulatorControl(Uri address) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Whether it serves, and as which process.</summary>
    public Task<EmulatorHealth> HealthAsync(CancellationToken cancellationToken) => GetAsync<EmulatorHealth>("rk/health", cancellationToken);

    /// <summary>Switches IAM on or off: key status, policies with conditions, trust, boundaries, session policies and age.</summary>
    public Task EnforceAsync(bool enabled, string? account, CancellationToken cancellationToken) =>
        PostAsync("rk/auth", Settings(("enabled", enabled), ("account", account)), cancellationToken);

    /// <summary>Switches AWS's published request limits on or off.</summary>
    public Task LimitRequestsAsync(bool enabled, string? account, CancellationToken cancellationToken) =>
        PostAsync("rk/limits", Settings(("enabled", enabled), ("account", account)), cancellationToken);

    /// <summary>Has an organization's trail log: records go to EventBridge too.</summary>
    public Task LogAsync(bool enabled, string? account, CancellationToken cancellationToken) =>
        PostAsync("rk/trail", Settings(("enabled", enabled), ("account", account)), cancellationToken);

    /// <summary>Sets how long a change in IAM takes to count.</summary>
    public Task DelayIamAsync(TimeSpan delay, string? account, CancellationToken cancellationToken) =>
        PostAsync("rk/propagation", Settings(("iam_ms", delay.TotalMilliseconds), ("account", account)), cancellationToken);

    /// <summary>Sets which share of their time the Wait states of state machines take: 1 is all of it.</summary>
    public Task ShortenWaitsAsync(double share, string? account, CancellationToken cancellationToken) =>
        PostAsync("rk/waits", Settings(("share", share), ("account", account)), cancellationToken);

    /// <summary>Makes calls fail, wait or lose their connection. Rules add up; the first that matches a call wins.</summary>
    public Task AddFaultAsync(EmulatorFault fault, CancellationToken cancellationToken) => PostAsync("rk/faults", fault, cancellationToken);

    /// <summary>Forgets every fault, also those of others who use the same emulator.</summary>
    public async Task ClearFaultsAsync(CancellationToken cancellationToken)
    {
        using var response = await http.DeleteAsync(new Uri("rk/faults", UriKind.Relative), cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
    }

    /// <summary>Has each call take a round trip's time.</summary>
    /// <param name="roundTrip">How long; zero for no longer than it takes anyway.</param>
    /// <param name="jitter">By what share it is longer or shorter at most, from 0 to 1.</param>
    /// <param name="account">The account called into; null for every one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task AddLatencyAsync(TimeSpan roundTrip, double jitter, string? account, CancellationToken cancellationToken) => PostAsync(
        "rk/latency", Settings(("enabled", roundTrip > TimeSpan.Zero), ("ms", roundTrip.TotalMilliseconds), ("jitter", jitter), ("account", account)), cancellationToken);

    /// <summary>Has calls of one account fail by chance from now on, instead of what was set for it before.</summary>
    public Task BeginChanceAsync(EmulatorChance chance, CancellationToken cancellationToken) => PostAsync("rk/chance", chance, cancellationToken);

    /// <summary>Ends that, and says what has failed, in order.</summary>
    public async Task<ImmutableArray<InjectedFault>> EndChanceAsync(string account, CancellationToken cancellationToken)
    {
        using var response = await http.DeleteAsync(new Uri($"rk/chance?account={account}", UriKind.Relative), cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<InjectedPage>(Json, cancellationToken))!.Injected;
    }

    /// <summary>The calls that arrived, in order.</summary>
    public Task<JournalPage> JournalAsync(JournalQuery query, CancellationToken cancellationToken) =>
        GetAsync<JournalPage>("rk/journal" + query.ToQueryString(), cancellationToken);

    /// <summary>The CloudTrail records of the calls that arrived after a point in the journal.</summary>
    public Task<RecordPage> RecordsAsync(long since, string? account, CancellationToken cancellationToken) =>
        GetAsync<RecordPage>("rk/records" + new JournalQuery { Since = since, Account = account }.ToQueryString(), cancellationToken);

    /// <summary>Sets the address and user agent under which the calls of an access key are recorded.</summary>
    public Task SetSourceAsync(string accessKeyId, string ip, string agent, CancellationToken cancellationToken) =>
        PostAsync("rk/source", Settings(("key", accessKeyId), ("ip", ip), ("agent", agent)), cancellationToken);

    /// <summary>Says where Lambda functions run: a function's name, or <c>*</c>, with the address of an invocation endpoint; null removes it.</summary>
    public Task RunFunctionsAtAsync(IReadOnlyDictionary<string, Uri?> functions, CancellationToken cancellationToken) =>
        PostAsync("rk/lambda", functions, cancellationToken);

    /// <summary>Says where the functions of an account run.</summary>
    /// <param name="account">The account.</param>
    /// <param name="address">An address with <c>{account}</c>, <c>{region}</c> and <c>{name}</c> in it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RunFunctionsAtAsync(string account, string address, CancellationToken cancellationToken) =>
        PostAsync("rk/lambda", new Dictionary<string, string>(StringComparer.Ordinal) { [account] = address }, cancellationToken);

    /// <summary>A function as it is deployed.</summary>
    public Task<DeployedFunction> FunctionAsync(string arn, CancellationToken cancellationToken) =>
        GetAsync<DeployedFunction>($"rk/function?arn={Uri.EscapeDataString(arn)}", cancellationToken);

    /// <summary>A function's package: a ZIP archive.</summary>
    public async Task<byte[]> FunctionCodeAsync(string arn, CancellationToken cancellationToken) =>
        Convert.FromBase64String((await GetAsync<CodePackage>($"rk/function/code?arn={Uri.EscapeDataString(arn)}", cancellationToken)).Zip);

    /// <summary>Credentials of a role as Lambda gets them for a function: the role must trust it.</summary>
    public async Task<RoleCredentials> ServiceSessionAsync(string role, string sessionName, CancellationToken cancellationToken)
    {
        var settings = Settings(("role", role), ("name", sessionName));
        using var response = await http.PostAsJsonAsync(new Uri("rk/service-session", UriKind.Relative), settings, Json, cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<RoleCredentials>(Json, cancellationToken))!;
    }

    /// <summary>What templates asked for and the emulator cannot make.</summary>
    public async Task<ImmutableArray<LeftOutResource>> LeftOutAsync(string? account, CancellationToken cancellationToken) =>
        (await GetAsync<LeftOutPage>("rk/left-out" + (account is null ? "" : $"?account={account}"), cancellationToken)).Resources;

    /// <summary>Empties the whole cloud and switches everything off.</summary>
    public Task ResetAsync(CancellationToken cancellationToken) => PostAsync("rk/reset", new Dictionary<string, object>(), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static Dictionary<string, object> Settings(params ReadOnlySpan<(string Name, object? Value)> settings)
    {
        var body = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (name, value) in settings)
        {
            if (value is not null)
                body[name] = value;
        }

        return body;
    }

    private sealed record InjectedPage(ImmutableArray<InjectedFault> Injected);

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
        return (await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken))!;
    }

    private async Task PostAsync<T>(string path, T body, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Json, cancellationToken);
        await EnsureSuccessAsync(response, cancellationToken);
    }

    private static async Task EnsureSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException($"The emulator refused {response.RequestMessage?.RequestUri?.PathAndQuery}: {text}", inner: null, response.StatusCode);
        }
    }
}
