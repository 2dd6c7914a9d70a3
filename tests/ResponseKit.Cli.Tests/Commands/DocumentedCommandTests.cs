using System.CommandLine;
using System.Text.RegularExpressions;
using ResponseKit.Cli.Commands;
using ResponseKit.Testing;
using Spectre.Console;

namespace ResponseKit.Cli.Tests.Commands;

/// <summary>What runbooks and docs tell people to type is what the program takes.</summary>
public sealed partial class DocumentedCommandTests
{
    private static readonly RootCommand Program = CommandTree.Create(AnsiConsole.Create(new()), AnsiConsole.Create(new()), TimeProvider.System);

    public static TheoryData<string> Files =>
    [
        "README.md",
        .. new[] { "runbooks", "docs" }.SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')),
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_command_line_in_a_block_is_one_that_the_program_takes(string file)
    {
        foreach (var line in Blocks(Repository.Read(file)))
        {
            var errors = Program.Parse(Words(line)).Errors;
            Assert.True(errors.Count == 0, $"{file}: {line}: {string.Join(' ', errors)}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_command_that_a_sentence_names_exists(string file)
    {
        foreach (var name in Named().Matches(Repository.Read(file)).Select(match => match.Groups[1].Value))
            Assert.Contains(Program.Subcommands, command => command.Name == name);
    }

    [Fact]
    public void Command_lines_are_found_and_wrong_ones_noticed()
    {
        Assert.Equal(
            ["list", "undo inc-1 --reason 'a b' --all"],
            Blocks("x\n\n```sh\nresponsekit list   # all\naws x\nresponsekit undo inc-1 \\\n  --reason 'a b' --all\n```\nresponsekit nothing\n"));
        Assert.Equal(["undo", "inc-1", "--reason", "a b"], Words("undo inc-1 --reason 'a b'"));
        Assert.NotEmpty(Program.Parse(Words("control resume --reason 'x'")).Errors);
        Assert.True(Files.SelectMany<object[], string>(row => Blocks(Repository.Read((string)row[0]))).Count() > 20);
    }

    private static IEnumerable<string> Blocks(string text) => text.ReplaceLineEndings("\n").Split("\n```").Where((part, at) => at % 2 == 1)
        .SelectMany(part => part.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Skip(1))
        .Select(line => Typed().Match(line)).Where(match => match.Success)
        .Select(match => Spaces().Replace(match.Groups[1].Value.Split(" #")[0], " ").Trim());

    private static string[] Words(string line) => [.. Word().Matches(line).Select(match => match.Value.Trim('\'', '"'))];

    [GeneratedRegex(@"^(?:responsekit|dotnet run --project src/ResponseKit\.Cli(?: -c Release)? --) (.+)$")]
    private static partial Regex Typed();

    [GeneratedRegex(@"`responsekit ([a-z]+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"'[^']*'|""[^""]*""|\S+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
