using System.IO.Compression;

namespace ResponseKit.Cli.Drill;

/// <summary>The code of the drill's Lambda functions: a file that does nothing, zipped.</summary>
internal static class DrillPackage
{
    public static MemoryStream Make()
    {
        var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = new StreamWriter(zip.CreateEntry("index.py").Open()))
            entry.Write("def handler(event, context):\n    return 'drill'\n");
        bytes.Position = 0;
        return bytes;
    }
}
