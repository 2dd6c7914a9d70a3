using System.CommandLine;
using ResponseKit.Cli.Drill;
using ResponseKit.Cli.Drill.Output;
using ResponseKit.Emulator;
using ResponseKit.Policy;
using Spectre.Console;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit drill</c>: an attack on an emulated account, and the proof that it was contained.</summary>
internal static class DrillCommand
{
    private const double MinScale = 0.1;
    private const double MaxScale = 10;

    public static Command Create(IAnsiConsole console, TimeProvider time)
    {
        var scenario = new Argument<string>("scenario")
        {
            Description = "Which attack: " + string.Join("; ", DrillScenario.All.Select(one => $"{one.Id} ({one.Title})")) + ".",
            DefaultValueFactory = _ => DrillScenario.All[0].Id,
        };
        scenario.AcceptOnlyFromAmong([.. DrillScenario.All.Select(one => one.Id)]);
        var mode = new Option<string>("--mode")
        {
            Description = "What ResponseKit may do: observe plans and changes nothing, approve waits for a person, enforce acts.",
            DefaultValueFactory = _ => "enforce",
        };
        mode.AcceptOnlyFromAmong("observe", "approve", "enforce");
        var scale = new Option<double>("--scale") { Description = $"Multiplies the attack, {MinScale} to {MaxScale}.", DefaultValueFactory = _ => 1 };
        Numbers.Within(scale, MinScale, MaxScale, "a number");
        var json = new Option<bool>("--json") { Description = "Prints one JSON object and nothing else." };
        var keep = new Option<bool>("--keep") { Description = "Leaves the emulator running and prints its address; 'responsekit undo' works on it." };
        var report = new Option<string?>("--report") { Description = "A folder to write the incident's report to: report.html, .md, .json and .indicators.csv." };
        var deployed = new Option<bool>("--deployed")
        {
            Description = "Deploys ResponseKit into the emulated account with the CDK command line, from the clone that this is run in, and attacks that. Needs Node.js.",
        };
        var command = new Command("drill", "Attacks an emulated AWS account with stolen credentials, responds, and asks the account for the proof.")
        {
            scenario, mode, scale, json, keep, report, deployed,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(deployed) && result.GetValue(keep))
                result.AddError("--deployed goes without --keep: what a deployed ResponseKit did is in the account's table, where 'undo' does not read it yet.");
            if (result.GetValue(deployed) && result.GetValue(report) is not null)
                result.AddError("--deployed goes without --report: a deployed ResponseKit writes its report into the evidence bucket of the emulated account.");
            if (result.GetValue(deployed) && result.GetValue(mode) == "approve")
                result.AddError("--deployed goes with --mode observe or enforce: nobody approves in a drill, and a deployed response would wait.");
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new DrillOptions(
                DrillScenario.All.Single(one => one.Id == parsed.GetValue(scenario)),
                Enum.Parse<ResponseMode>(parsed.GetValue(mode)!, ignoreCase: true),
                DrillSize.Scaled(parsed.GetValue(scale)),
                parsed.GetValue(keep),
                parsed.GetValue(report),
                parsed.GetValue(deployed)),
            parsed.GetValue(json),
            console,
            time,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DrillOptions options, bool json, IAnsiConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var screen = new DrillScreen(console);
        var timeline = new Timeline(time, json ? _ => { } : screen.Show);
        if (!json)
            screen.Title($"Drill: {options.Scenario.Title}");
        timeline.Drill("starts an emulated AWS on this machine");
        var emulator = await EmulatorProcess.StartAsync(
            new EmulatorOptions { Progress = timeline.Drill, KeepRunning = options.Keep }, cancellationToken);
        await using (emulator)
        {
            var result = await new DrillRunner(options, emulator, timeline, time).RunAsync(cancellationToken);
            if (json)
                await console.Profile.Out.Writer.WriteLineAsync(DrillJson.Write(result).AsMemory(), cancellationToken);
            else
                screen.Show(result);
            return result.Passed ? ExitCodes.Success : ExitCodes.Failed;
        }
    }
}
