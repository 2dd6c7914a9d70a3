using System.CommandLine;
using ResponseKit.Cli;
using ResponseKit.Cli.Commands;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Emulator;

var console = Terminal.Open();
var errors = Terminal.OpenErrors();
var time = TimeProvider.System;
var root = new RootCommand("ResponseKit: contains stolen AWS credentials, and shows that it does.")
{
    DrillCommand.Create(console, time),
    UndoCommand.Create(console, time),
    DismissCommand.Create(console, time),
    ReplayCommand.Create(console, errors, time),
    ListCommand.Create(console, time),
    ShowCommand.Create(console, time),
    ReportCommand.Create(time),
    ApproveCommand.Create(time),
    AllowancesCommand.Create(console, time),
    ControlCommand.Create(time),
    CheckCommand.Create(time),
    DocsCommand.Create(),
};
var parsed = root.Parse(args);
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
