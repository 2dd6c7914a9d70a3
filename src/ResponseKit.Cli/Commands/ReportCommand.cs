using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using ResponseKit.Aws.Actions;
using ResponseKit.Cli.Deployed;
using ResponseKit.Cli.Reports;
using ResponseKit.Functions;
using ResponseKit.Functions.Steps;
using ResponseKit.Policy;
using ResponseKit.Reports;
using ResponseKit.Response;
using ResponseKit.Response.Evidence;
using ResponseKit.Text;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit report</c>: the report of an incident of a deployment, by all that is known now.</summary>
internal static class ReportCommand
{
    public static Command Create(TimeProvider time)
    {
        var options = new DeploymentOptions();
        var id = new Argument<string>("incident") { Description = "The incident, as 'responsekit list' shows it." };
        var to = new Option<string>("--to") { Description = "The folder to write report.html, .md, .json and .indicators.csv to.", DefaultValueFactory = _ => "." };
        var policy = new Option<string?>("--policy") { Description = "The deployment's policy file, by which it is told what is held and what is left to people. The defaults without it." };
        var open = new Option<bool>("--open") { Description = "Opens the page in the browser." };
        var command = options.On(new Command("report", "Writes the report of an incident, by all that is known now.") { id, to, policy, open });
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, async deployment =>
        {
            var services = Services(deployment, await PolicyAsync(parsed.GetValue(policy), cancellationToken), time);
            var dossier = await new DossierReader(services, new RunnerSettings()).FindAsync(parsed.GetValue(id)!, cancellationToken)
                ?? throw new DeploymentException($"There is no incident '{Printable.Of(parsed.GetValue(id))}'. 'responsekit list' shows those that there are.");
            // The deployment's own policy is part of its functions.
            if (parsed.GetValue(policy) is null)
                dossier = dossier with { Mode = "not known without --policy" };
            await WriteAsync(parsed, dossier, parsed.GetValue(to)!, parsed.GetValue(open), cancellationToken);
            return ExitCodes.Success;
        }, cancellationToken));
        return command;
    }

    private static async Task WriteAsync(ParseResult parsed, IncidentDossier dossier, string folder, bool isToOpen, CancellationToken cancellationToken)
    {
        string page;
        try
        {
            page = await ReportFolder.WriteAsync(folder, dossier, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DeploymentException($"The report cannot be written to '{Printable.Of(folder)}': {error.Message} Name another folder with --to.");
        }

        var output = parsed.InvocationConfiguration.Output;
        var report = IncidentReports.Of(dossier);
        await output.WriteLineAsync($"{report.Incident}: {report.State}.");
        foreach (var answer in report.Summary)
            await output.WriteLineAsync($"  {answer.Question}: {answer.Text}");
        await output.WriteLineAsync($"Written to {Printable.Of(page, 1_000)}");
        if (isToOpen)
            await OpenAsync(parsed, page);
    }

    private static async Task OpenAsync(ParseResult parsed, string page)
    {
        try
        {
            using var browser = Process.Start(new ProcessStartInfo(page) { UseShellExecute = true });
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"No browser could be opened: {error.Message} The report is there all the same.");
        }
    }

    private static FunctionServices Services(Deployed.Deployment deployment, ResponsePolicy policy, TimeProvider time) => new()
    {
        Policy = policy,
        Accounts = new NoAccounts(),
        Receipts = deployment.Receipts,
        Cases = deployment.Cases,
        Control = deployment.Control,
        Approvals = deployment.Approvals,
        Dismissals = deployment.Dismissals,
        Ledgers = deployment.Ledgers,
        Baselines = deployment.Baselines,
        Seal = deployment.Seal,
        Time = time,
    };

    private static async Task<ResponsePolicy> PolicyAsync(string? file, CancellationToken cancellationToken)
    {
        if (file is null)
            return new ResponsePolicy();
        try
        {
            return PolicyFile.Parse(await File.ReadAllTextAsync(file, cancellationToken), [.. ActionCatalogue.All.Select(action => action.Descriptor.Id)]) switch
            {
                PolicyResult.Loaded loaded => loaded.Policy,
                PolicyResult.Refused refused => throw new DeploymentException($"{Printable.Of(file)}: {string.Join(" ", refused.Errors)}"),
                _ => throw new UnreachableException(),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeploymentException($"The policy '{Printable.Of(file)}' cannot be read: {error.Message}");
        }
    }
}
