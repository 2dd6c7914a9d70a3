using Amazon.CDK;
using ResponseKit.Infra;
using ResponseKit.Infra.Settings;

// The composition root of the deployment, which the CDK command line starts in the folder of cdk.json.
#pragma warning disable RS0030 // The environment and the console are CDK's way of talking with an app.
try
{
    Func<string, string?> variable = System.Environment.GetEnvironmentVariable;
    var settings = new SettingsReader(CdkContext.Read(variable), variable("CDK_DEFAULT_REGION"), variable("CDK_DEFAULT_ACCOUNT")).Read(File.ReadAllText);
    foreach (var line in Summary.Of(settings))
        Console.Error.WriteLine(line);
    // Tests of templates name a folder of their own: what is in the package does not matter to them, and publishing it takes time.
    var app = new App();
    ResponseKitApp.Build(app, settings, Path.GetFullPath(variable("RESPONSEKIT_PACKAGE") ?? Path.Combine("artifacts", "functions")));
    app.Synth();
    return 0;
}
catch (SettingsException error)
{
    Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("Nothing was made. See docs/deploy.md.");
    return 1;
}
#pragma warning restore RS0030
