using System.Reflection;
using System.Runtime.CompilerServices;
using ResponseKit.Aws.Actions;
using ResponseKit.Cli.Docs;
using ResponseKit.Detections;
using ResponseKit.Emulator;

namespace ResponseKit.Conventions.Tests;

/// <summary>The product's assemblies and the types that people wrote in them.</summary>
internal static class Product
{
    public static readonly Assembly Core = typeof(DetectionCatalogue).Assembly;
    public static readonly Assembly Replay = Assembly.Load("ResponseKit.Replay");
    public static readonly Assembly Response = Assembly.Load("ResponseKit.Response");
    public static readonly Assembly Reports = Assembly.Load("ResponseKit.Reports");
    public static readonly Assembly Aws = typeof(ActionCatalogue).Assembly;
    public static readonly Assembly Functions = Assembly.Load("ResponseKit.Functions");
    public static readonly Assembly Cli = typeof(CatalogueDocument).Assembly;
    public static readonly Assembly Infra = Assembly.Load("ResponseKit.Infra");
    public static readonly Assembly EmulatorHost = typeof(EmulatorProcess).Assembly;

    public static readonly IReadOnlyList<Assembly> All = [Core, Replay, Response, Reports, Aws, Functions, Cli, Infra, EmulatorHost];

    public static IEnumerable<Type> Types => All.SelectMany(assembly => assembly.GetTypes()).Where(IsHandWritten);

    private static bool IsHandWritten(Type type) =>
        type.Namespace?.StartsWith("ResponseKit", StringComparison.Ordinal) == true
        && !type.Name.Contains('<', StringComparison.Ordinal)
        && type.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        && type.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is null
        && (type.DeclaringType is not { } outer || IsHandWritten(outer));
}
