using System.CommandLine;
using System.Globalization;
using System.Text;
using ResponseKit.Bench.Data;
using ResponseKit.Bench.Measuring;
using ResponseKit.Bench.Rivals;

namespace ResponseKit.Bench.Commands;

/// <summary><c>memory</c>: how much memory replaying takes, of more and more input.</summary>
internal static class MemoryCommand
{
    private static readonly string[] Sizes = ["50MB", "500MB", "5GB"];

    public static Command Create(TextWriter console)
    {
        var full = new Option<bool>("--full") { Description = "Measures 5 GB too, which takes some minutes and half a gigabyte of the disk." };
        var command = new Command("memory", "Replays 50 MB and 500 MB, tells the most memory that each took, and writes bench/MEMORY.md.") { full };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (TimedProcess.Missing is { } problem)
            {
                await console.WriteLineAsync(problem.AsMemory(), cancellationToken);
                return 2;
            }

            var product = Contenders.All(await Product.PublishAsync(cancellationToken))[0];
            var text = new StringBuilder(
                "# Memory\n\nWritten by `bench memory`: the most memory that `responsekit replay` had resident, of more and more input.\n\n- Machine: ")
                .Append(Machine.About).Append(".\n\n")
                .Append("| Input | Files | Records | One core | Two cores |\n| --- | --- | --- | --- | --- |\n");
            foreach (var size in Sizes.Take(parsed.GetValue(full) ? 3 : 2))
            {
                using var workspace = await Workspace.NewAsync(ByteSize.Parse(size)!.Value, attacks: 3, cancellationToken);
                await console.WriteLineAsync(workspace.About.AsMemory(), cancellationToken);
                var one = await Race.MeasureAsync(product, workspace.Folder, 1, cancellationToken);
                var two = await Race.MeasureAsync(product, workspace.Folder, Math.Min(2, Environment.ProcessorCount), cancellationToken);
                text.Append(CultureInfo.InvariantCulture, $"| {size} | {workspace.Written!.Files:N0} | {product.Records!(one.Output):N0} ");
                text.Append(CultureInfo.InvariantCulture, $"| {one.PeakBytes / 1e6:0} MB | {two.PeakBytes / 1e6:0} MB |\n");
            }

            await File.WriteAllTextAsync(Path.Combine(Repository.Root, "bench", "MEMORY.md"), text.ToString(), cancellationToken);
            await console.WriteLineAsync(text, cancellationToken);
            return 0;
        });
        return command;
    }
}
