using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace ResponseKit.Emulator;

/// <summary>A running emulated AWS: one Python process that listens on this machine only. It ends when disposed, and with this program.</summary>
public sealed class EmulatorProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StandardErrors errors;
    private readonly bool keepRunning;

    private EmulatorProcess(Process process, StandardErrors errors, Uri address, bool keepRunning)
    {
        this.process = process;
        this.errors = errors;
        this.keepRunning = keepRunning;
        Address = address;
        Control = new EmulatorControl(address);
        AppDomain.CurrentDomain.ProcessExit += OnProgramEnds;
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:40231/</c>: what <c>AWS_ENDPOINT_URL</c> would be set to.</summary>
    public Uri Address { get; }

    /// <summary>Its control interface.</summary>
    public EmulatorControl Control { get; }

    /// <summary>The operating system's id of the process.</summary>
    public int ProcessId => process.Id;

    /// <summary>What it last wrote to standard error; empty unless something went wrong in it.</summary>
    public string RecentErrors => errors.Recent;

    /// <summary>Starts the emulator and waits until it answers.</summary>
    /// <exception cref="EmulatorUnavailableException">It cannot be had or does not start; the message says what to do.</exception>
    public static async Task<EmulatorProcess> StartAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        var packages = await PythonPackages.ReadAsync(options, cancellationToken);
        var python = await new PythonFinder(options, packages.Emulator, packages.All).FindAsync(cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            var emulator = Launch(python, FreePort(), options);
            try
            {
                await emulator.WaitUntilReadyAsync(options.StartTimeout, cancellationToken);
                return emulator;
            }
            // Between choosing a port and listening on it somebody else may have taken it.
            catch (EmulatorUnavailableException) when (attempt < 3 && emulator.RecentErrors.Contains("cannot listen", StringComparison.Ordinal))
            {
                await emulator.EndAsync();
            }
            catch
            {
                await emulator.EndAsync();
                throw;
            }
        }
    }

    /// <summary>Ends the process, unless it was started to keep running.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProgramEnds;
        Control.Dispose();
        if (keepRunning)
            process.Dispose();
        else
            await EndAsync();
    }

    private static EmulatorProcess Launch(string python, int port, EmulatorOptions options)
    {
        string[] arguments = ["-m", "responsekit_emulator", "--port", $"{port}", "--quiet", .. options.KeepRunning ? Array.Empty<string>() : ["--exit-with-stdin"]];
        var start = ProcessRun.StartInfo(python, arguments, options.Environment);
        start.WorkingDirectory = options.PackageFolder;
        start.Environment["PYTHONPATH"] = options.PackageFolder;
        start.Environment["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false";
        // moto cannot read compressed request bodies.
        start.Environment["AWS_DISABLE_REQUEST_COMPRESSION"] = "true";
        // Left to inherit it, an emulator that is kept would hold this program's standard output open, and whoever reads that to its end would wait.
        start.RedirectStandardOutput = true;
        var started = new Process { StartInfo = start };
        var said = new StandardErrors(started);
        started.Start();
        started.BeginErrorReadLine();
        started.BeginOutputReadLine();
        return new EmulatorProcess(started, said, new Uri($"http://127.0.0.1:{port}/"), options.KeepRunning);
    }

    private async Task WaitUntilReadyAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(atMost);
        try
        {
            while (!await AnswersAsync(deadline.Token))
            {
                if (process.HasExited)
                {
                    await process.WaitForExitAsync(deadline.Token);
                    throw new EmulatorUnavailableException($"The emulated AWS ended with code {process.ExitCode} while it was starting:\n{RecentErrors}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(50), deadline.Token);
            }
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EmulatorUnavailableException($"The emulated AWS did not answer within {atMost.TotalSeconds:0} seconds. It said:\n{RecentErrors}", error);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            var health = await Control.HealthAsync(cancellationToken);
            // Another emulator may have got the port first. On Windows a virtual environment's python.exe is only a launcher with an id of its own.
            return health.Ready && (health.Pid == process.Id || OperatingSystem.IsWindows());
        }
        catch (Exception error) when (error is HttpRequestException or JsonException)
        {
            return false;
        }
    }

    private async Task EndAsync()
    {
        try
        {
            process.StandardInput.Close();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await process.WaitForExitAsync(patience.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private void OnProgramEnds(object? sender, EventArgs arguments)
    {
        if (!keepRunning)
            Kill();
    }

    private void Kill()
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
