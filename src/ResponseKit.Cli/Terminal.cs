using Spectre.Console;

namespace ResponseKit.Cli;

/// <summary>The console as it is: colours and box drawing for a person at a terminal who has not asked for none, plain text for everything else.</summary>
internal static class Terminal
{
    private const int PlainWidth = 160;

#pragma warning disable RS0030 // The composition root is where the console and the environment are read.
    /// <summary>Standard output.</summary>
    public static IAnsiConsole Open() => Open(Console.Out, Console.IsOutputRedirected);

    /// <summary>Standard error, for what is not part of a result.</summary>
    public static IAnsiConsole OpenErrors() => Open(Console.Error, Console.IsErrorRedirected);

    private static IAnsiConsole Open(TextWriter writer, bool isRedirected)
    {
        var plain = isRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
        });
        if (isRedirected)
            console.Profile.Width = PlainWidth;
        return console;
    }
#pragma warning restore RS0030
}
