using System.CommandLine;
using System.Globalization;
using ResponseKit.Bench.Commands;
using ResponseKit.Bench.Passes;

// A pass is measured itself: nothing else is to be loaded for it.
if (args is ["pass", ("gunzip" or "names") and var what, var folder, var cores])
{
    Pass.Run(what, folder, int.Parse(cores, CultureInfo.InvariantCulture), Console.Out);
    return 0;
}

var root = new RootCommand("Measures responsekit replay against what else reads CloudTrail logs.")
{
    GenerateCommand.Create(Console.Out),
    RunCommand.Create(Console.Out),
    MemoryCommand.Create(Console.Out),
};
return await root.Parse(args).InvokeAsync();
