using System.CommandLine;
using ResponseKit.Cli.Commands;

var root = new RootCommand("ResponseKit: contains stolen AWS credentials, and shows that it does.") { DocsCommand.Create() };
return await root.Parse(args).InvokeAsync();
