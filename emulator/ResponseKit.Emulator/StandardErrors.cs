using System.Diagnostics;

namespace ResponseKit.Emulator;

/// <summary>Reads a process's standard error as it comes, so that its pipe never fills up, and remembers the last lines.</summary>
internal sealed class StandardErrors
{
    private const int Lines = 40;
    private readonly Queue<string> recent = new();

    public StandardErrors(Process process) => process.ErrorDataReceived += (_, line) => Add(line.Data);

    public string Recent
    {
        get
        {
            lock (recent)
                return string.Join('\n', recent);
        }
    }

    private void Add(string? line)
    {
        if (line is null)
            return;
        lock (recent)
        {
            recent.Enqueue(line);
            if (recent.Count > Lines)
                recent.Dequeue();
        }
    }
}
