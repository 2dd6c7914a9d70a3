using System.CommandLine;
using Spectre.Console;

namespace ResponseKit.Cli.Commands;

/// <summary>All commands of the program.</summary>
internal static class CommandTree
{
    /// <summary>Makes them.</summary>
    /// <param name="console">Standard output.</param>
    /// <param name="errors">Standard error, for what is not part of a result.</param>
    /// <param name="time">The clock.</param>
    public static RootCommand Create(IAnsiConsole console, IAnsiConsole errors, TimeProvider time) =>
        new("ResponseKit: contains stolen AWS credentials, and shows that it does.")
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
}
