using System.CommandLine;
using ResponseKit.Cli;
using ResponseKit.Cli.Commands;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Emulator;

var parsed = CommandTree.Create(Terminal.Open(), Terminal.OpenErrors(), TimeProvider.System).Parse(args);
var settings = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
try
{
    var code = await parsed.InvokeAsync(settings);
    return parsed.Errors.Count > 0 ? ExitCodes.CannotRun : code;
}
catch (EmulatorUnavailableException error)
{
    await settings.Error.WriteLineAsync(error.Message);
    return ExitCodes.CannotRun;
}
catch (DeploymentFailedException error)
{
    await settings.Error.WriteLineAsync(error.Message);
    return ExitCodes.CannotRun;
}
catch (OperationCanceledException)
{
    await settings.Error.WriteLineAsync("Broken off.");
    return ExitCodes.CannotRun;
}
