using System.Net;
using System.Net.Sockets;

namespace ResponseKit.Emulator.RuntimeApi;

/// <summary>HTTP on a free port of this machine.</summary>
public static class LocalListener
{
    /// <summary>Listens.</summary>
    /// <param name="path">The path below which it listens, with a slash at its end; empty for all.</param>
    /// <returns>The listener, and host and port.</returns>
    /// <exception cref="HttpListenerException">No port can be had.</exception>
    public static (HttpListener Listener, string Address) Start(string path)
    {
        for (var attempt = 1; ; attempt++)
        {
            var address = $"127.0.0.1:{FreePort()}";
            var listener = new HttpListener { Prefixes = { $"http://{address}/{path}" } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 5)
            {
                // Somebody else took the port in between.
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
