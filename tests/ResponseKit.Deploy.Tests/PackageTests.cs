using System.Reflection.PortableExecutable;
using ResponseKit.Cli.Drill.Deploying;
using ResponseKit.Deploy.Tests.Deployed;

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
}
