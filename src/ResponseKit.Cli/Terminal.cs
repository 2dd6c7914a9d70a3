using Spectre.Console;

namespace ResponseKit.Cli;

/// <summary>The console as it is: colours and box drawing for a person at a terminal who has not asked for none, plain text for everything else.</summary>
internal static class Terminal
{
    private const int PlainWidth = 160;

    public static IAnsiConsole Open()
    {
#pragma warning disable RS0030 // The composition root is where the console and the environment are read.
        var plain = Console.IsOutputRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Console.IsOutputRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = Console.IsOutputRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(Console.Out),
        });
        if (Console.IsOutputRedirected)
            console.Profile.Width = PlainWidth;
#pragma warning restore RS0030
        return console;
    }
}
