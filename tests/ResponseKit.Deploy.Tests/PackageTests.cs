using System.IO.Compression;
using System.Reflection.PortableExecutable;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Deploy.Tests.Deployed;
using ResponseKit.Testing;

namespace ResponseKit.Deploy.Tests;

/// <summary>The package of the functions, as deploying has published it.</summary>
public sealed class PackageTests
{
    // What is left as intermediate code is compiled at every start: docs/decisions/0020.
    [Fact]
    public async Task Every_assembly_is_compiled_ahead_of_its_start()
    {
        await DeployedAccount.FindAsync();
        var files = Directory.GetFiles(Path.Combine(CdkCommand.FindFolder(AppContext.BaseDirectory), "artifacts", "functions"), "*.dll");

        Assert.Contains(files, file => Path.GetFileName(file) == "AWSSDK.EC2.dll");
        Assert.All(files, file =>
        {
            using var assembly = new PEReader(File.OpenRead(file));
            Assert.True(assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0, $"{Path.GetFileName(file)} has no native code");
        });
    }

    // Lambda fetches it first on each new host. Compilers of another day differ by a little.
    [Fact]
    public async Task It_is_as_large_as_was_measured()
    {
        await DeployedAccount.FindAsync();
        using var zipped = new MemoryStream();
        await ZipFile.CreateFromDirectoryAsync(Path.Combine(CdkCommand.FindFolder(AppContext.BaseDirectory), "artifacts", "functions"), zipped);

        Assert.True(
            Math.Abs(zipped.Length - Counts.ZippedPackage) <= Counts.ZippedPackage / 20,
            $"The functions' package has {zipped.Length} bytes, zipped, and bench/counts.json says {Counts.ZippedPackage}. If that is meant, correct the file.");
    }
}
