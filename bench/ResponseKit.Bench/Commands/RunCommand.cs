using System.CommandLine;
using ResponseKit.Bench.Data;
using ResponseKit.Bench.Measuring;
using ResponseKit.Bench.Rivals;

namespace ResponseKit.Bench.Commands;

/// <summary><c>run</c>: measures all contenders on one core and on two.</summary>
internal static class RunCommand
{
    public static Command Create(TextWriter console)
    {
        var data = new Option<string?>("--data") { Description = "A folder with CloudTrail log files. Without it some are generated, and deleted afterwards." };
        var size = GenerateCommand.Size("250MB");
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured.", DefaultValueFactory = _ => 5 };
        var command = new Command("run", "Measures everybody on one core and on two, and writes bench/RESULTS.md.") { data, size, rounds };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (TimedProcess.Missing is { } problem)
            {
                await console.WriteLineAsync(problem.AsMemory(), cancellationToken);
                return 2;
            }

            var all = Contenders.All(await Product.PublishAsync(cancellationToken));
            var missing = all.Where(contender => contender.Missing is not null).ToList();
            foreach (var contender in missing)
                await console.WriteLineAsync($"{contender.Name} is not installed and will not be measured: {contender.Missing}.".AsMemory(), cancellationToken);
            using var workspace = parsed.GetValue(data) is { } given
                ? Workspace.Of(Path.GetFullPath(given))
                : await Workspace.NewAsync(ByteSize.Parse(parsed.GetValue(size)!)!.Value, attacks: 3, cancellationToken);
            await console.WriteLineAsync(workspace.About.AsMemory(), cancellationToken);
            var before = Machine.Load;
            int[] cores = Environment.ProcessorCount > 1 ? [1, 2] : [1];
            var results = await Race.RunAsync([.. all.Except(missing)], cores, workspace.Folder, Math.Max(1, parsed.GetValue(rounds)), console, cancellationToken);
            var disturbance = FormattableString.Invariant(
                $"The load average was {before:0.0} before and {Machine.Load:0.0} after: what is above 2 is others who were disturbing.");
            var document = ResultsDocument.Write(results, missing, workspace.About, disturbance);
            await File.WriteAllTextAsync(Path.Combine(Repository.Root, "bench", "RESULTS.md"), document, cancellationToken);
            await console.WriteLineAsync(document.AsMemory(), cancellationToken);
            return 0;
        });
        return command;
    }
}
