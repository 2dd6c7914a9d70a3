using System.CommandLine;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using ResponseKit.Text;

namespace ResponseKit.Cli.Deployed;

/// <summary>The options by which a command finds the deployment, and the environment where they are left out.</summary>
internal sealed class DeploymentOptions
{
    private readonly Option<string?> table = new("--table") { Description = "The DynamoDB table of the deployment. Left out: the one that its triage function works with." };

    private readonly Option<string?> region = new("--region")
    {
        Description = "The region of the deployment. Left out: AWS_REGION, AWS_DEFAULT_REGION, the profile's.",
    };

    private readonly Option<string?> profile = new("--profile") { Description = "A profile of the AWS configuration. Left out: AWS's usual chain of credentials." };

    /// <summary>The command with all of them.</summary>
    public Command On(Command command)
    {
        foreach (Option option in (Option[])[table, region, profile])
            command.Add(option);
        return command;
    }

    /// <summary>Finds the deployment and runs a command against it; what goes wrong is told as a person can use it.</summary>
    public async Task<int> RunAsync(ParseResult parsed, Func<Deployment, Task<int>> run, CancellationToken cancellationToken)
    {
        var errors = parsed.InvocationConfiguration.Error;
        var tableName = parsed.GetValue(table);
        try
        {
            var named = parsed.GetValue(profile);
            var credentials = named is null ? null : CredentialsOf(named);
            using var deployment = await Deployment.FindAsync(
                credentials, RegionOf(parsed.GetValue(region), named), Variable("AWS_ENDPOINT_URL"), tableName, cancellationToken);
            tableName = deployment.Table;
            return await run(deployment);
        }
        catch (DeploymentException error)
        {
            await errors.WriteLineAsync(error.Message);
        }
        catch (Exception error) when (DeploymentFailure.Of(error, tableName) is { } message)
        {
            await errors.WriteLineAsync(Printable.Of(message, 1_000));
        }

        return ExitCodes.CannotRun;
    }

    private static AWSCredentials CredentialsOf(string profile) => new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var credentials)
        ? credentials
        : throw new DeploymentException($"There is no profile '{Printable.Of(profile)}' with credentials in the AWS configuration. Nothing was done.");

    private static string RegionOf(string? region, string? profile) =>
        NotEmpty(region) ?? NotEmpty(Variable("AWS_REGION")) ?? NotEmpty(Variable("AWS_DEFAULT_REGION")) ?? ProfilesRegion(profile ?? Variable("AWS_PROFILE") ?? "default")
        ?? throw new DeploymentException("No region is known. Name the deployment's with --region, or set AWS_REGION. Nothing was done.");

    private static string? ProfilesRegion(string profile) => new CredentialProfileStoreChain().TryGetProfile(profile, out var found) ? found.Region?.SystemName : null;

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

#pragma warning disable RS0030 // A command of the tool is a composition root: where it finds AWS is read here.
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
#pragma warning restore RS0030
}
