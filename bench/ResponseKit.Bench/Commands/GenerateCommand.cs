using System.CommandLine;
using ResponseKit.Bench.Data;

namespace ResponseKit.Bench.Commands;

/// <summary><c>generate</c>: writes CloudTrail log files.</summary>
internal static class GenerateCommand
{
    public static Command Create(TextWriter console)
    {
        var to = new Option<string>("--to") { Description = "The folder to write to.", Required = true };
        var size = Size("50MB");
        var attacks = new Option<int>("--attacks") { Description = "How many attacks are in it.", DefaultValueFactory = _ => 3 };
        var command = new Command("generate", "Writes CloudTrail log files as delivered, always the same for a size and a number of attacks.") { to, size, attacks };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var written = await LogGenerator.WriteAsync(parsed.GetValue(to)!, ByteSize.Parse(parsed.GetValue(size)!)!.Value, parsed.GetValue(attacks), cancellationToken);
            await console.WriteLineAsync(written.ToString().AsMemory(), cancellationToken);
        });
        return command;
    }

    public static Option<string> Size(string usual)
    {
        var size = new Option<string>("--size") { Description = "About how much JSON, before it is compressed, such as 50MB or 5GB.", DefaultValueFactory = _ => usual };
        size.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { } text || ByteSize.Parse(text) is null)
                result.AddError("--size takes a number and a unit, such as 50MB or 5GB.");
        });
        return size;
    }
}
