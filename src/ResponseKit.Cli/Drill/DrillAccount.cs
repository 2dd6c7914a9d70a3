using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.ServiceQuotas;
using ResponseKit.Aws.Accounts;

namespace ResponseKit.Cli.Drill;

/// <summary>The emulated account that a drill happens in, and the ways into it.</summary>
internal sealed class DrillAccount : IDisposable
{
    /// <summary>The account's id: one of those that AWS's documentation uses, so that nobody takes it for a real one.</summary>
    public const string Id = "111122223333";

    private readonly List<IDisposable> opened = [];

    public DrillAccount(Uri endpoint)
    {
        Settings = new ClientSettings { ServiceUrl = endpoint.ToString().TrimEnd('/'), MaxRetries = 3, Timeout = TimeSpan.FromSeconds(60) };
        Administrator = Enter(new BasicAWSCredentials("AKIAROOT" + Id, "drill"));
    }

    public ClientSettings Settings { get; }

    /// <summary>The account's owner, who prepares the estate and looks at the end state. The emulator never refuses him.</summary>
    public DrillClients Administrator { get; }

    public DrillClients Enter(AWSCredentials credentials)
    {
        var clients = new DrillClients(
            new AwsClients(credentials, Id, Settings),
            region => new AmazonSecurityTokenServiceClient(credentials, Settings.For(new AmazonSecurityTokenServiceConfig(), region)),
            region => new AmazonServiceQuotasClient(credentials, Settings.For(new AmazonServiceQuotasConfig(), region)));
        opened.Add(clients);
        return clients;
    }

    public void Dispose() => opened.ForEach(one => one.Dispose());
}
