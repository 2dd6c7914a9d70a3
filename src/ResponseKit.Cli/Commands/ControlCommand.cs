using System.CommandLine;
using ResponseKit.Cli.Deployed;
using ResponseKit.Response.Stores;
using ResponseKit.Text;

namespace ResponseKit.Cli.Commands;

/// <summary><c>responsekit control</c>: the kill switch of a deployment.</summary>
internal static class ControlCommand
{
    public static Command Create(TimeProvider time) =>
        new("control", "The kill switch: while it is on, ResponseKit observes and plans, and changes nothing, neither forwards nor back.") { Stop(time), Resume(), Show() };

    private static Command Stop(TimeProvider time)
    {
        var options = new DeploymentOptions();
        var reason = new Option<string?>("--reason") { Description = "Why; everybody who wonders is shown it.", Required = true }.Checked(500);
        var by = new Option<string?>("--by") { Description = "Who stops it. Left out: the caller's ARN." }.Checked(200);
        var command = options.On(new Command("stop", "Puts the kill switch on.") { reason, by });
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, async deployment =>
        {
            var before = await deployment.Control.KillSwitchAsync(cancellationToken);
            var killSwitch = new KillSwitch(parsed.GetValue(reason)!, parsed.GetValue(by) ?? await deployment.CallerAsync(cancellationToken), time.GetUtcNow());
            await deployment.Control.SetKillSwitchAsync(killSwitch, cancellationToken);
            var output = parsed.InvocationConfiguration.Output;
            if (before is not null)
                await output.WriteLineAsync($"It was on already: {Sentence(before)} That is replaced.");
            await output.WriteLineAsync($"The kill switch is on: {Sentence(killSwitch)}");
            await output.WriteLineAsync("Calls under way end; nothing new is changed. 'responsekit control resume' takes it away.");
            return ExitCodes.Success;
        }, cancellationToken));
        return command;
    }

    private static Command Resume()
    {
        var options = new DeploymentOptions();
        var command = options.On(new Command("resume", "Takes the kill switch away."));
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, async deployment =>
        {
            var before = await deployment.Control.KillSwitchAsync(cancellationToken);
            await deployment.Control.SetKillSwitchAsync(null, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(before is null
                ? "The kill switch was not on."
                : $"The kill switch is off. It was on: {Sentence(before)} Incidents that are open are taken up with their actor's next event.");
            return ExitCodes.Success;
        }, cancellationToken));
        return command;
    }

    private static Command Show()
    {
        var options = new DeploymentOptions();
        var json = new Option<bool>("--json") { Description = "As JSON." };
        var command = options.On(new Command("show", "Shows whether the kill switch is on.") { json });
        command.SetAction((parsed, cancellationToken) => options.RunAsync(parsed, async deployment =>
        {
            var killSwitch = await deployment.Control.KillSwitchAsync(cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(json) ? Json(killSwitch)
                : killSwitch is null ? "The kill switch is off." : $"The kill switch is on: {Sentence(killSwitch)}");
            return ExitCodes.Success;
        }, cancellationToken));
        return command;
    }

    // A person may have put the item by hand, with anything in it.
    private static string Sentence(KillSwitch killSwitch) => $"set by {Printable.Of(killSwitch.By, 200)} at {killSwitch.Since:u}: {Printable.Of(killSwitch.Reason, 500)}{(killSwitch.IsVerified ? "" : " (It bears no seal that can be verified here; it counts all the same.)")}";

    private static string Json(KillSwitch? killSwitch) => JsonText.Of(json =>
    {
        json.WriteBoolean("stopped", killSwitch is not null);
        if (killSwitch is null)
            return;
        json.WriteString("by", killSwitch.By);
        json.WriteString("reason", killSwitch.Reason);
        json.WriteString("since", killSwitch.Since);
        json.WriteBoolean("verified", killSwitch.IsVerified);
    });
}
