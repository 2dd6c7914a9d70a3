using System.Reflection;
using System.Runtime.CompilerServices;
using ResponseKit.Testing;

namespace ResponseKit.Conventions.Tests;

public sealed class SourceTests
{
    private const int MostLines = 400;

    [Fact]
    public void No_file_is_too_long_to_read()
    {
        var tooLong = new[] { "src", "infra", "tests", "emulator" }.SelectMany(Repository.Sources)
            .Select(file => (File: file, Lines: File.ReadLines(Repository.PathOf(file)).Count()))
            .Where(file => file.Lines > MostLines)
            .Select(file => $"{file.File}: {file.Lines} lines");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void A_class_is_sealed_static_or_abstract()
    {
        var open = Product.Types.Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false });
        Assert.Empty(open.Select(type => type.FullName));
    }

    [Fact]
    public void An_asynchronous_method_takes_a_token_last_and_without_a_default()
    {
        var methods = Product.Types.Where(type => type.IsVisible)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => IsAsynchronous(method.ReturnType) && !IsForeign(method));
        Assert.Empty(methods.Where(method => !TakesToken(method)).Select(method => $"{method.DeclaringType!.FullName}.{method.Name}"));
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        // In two parts, so that this file may name what it forbids.
        string[] marks = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception"];
        var found = new[] { "src", "infra", "tests", "emulator", "standins" }.SelectMany(Repository.Sources)
            .SelectMany(file => marks.Where(Repository.Read(file).Contains).Select(mark => $"{file}: {mark}"));
        Assert.Empty(found);
    }

    private static bool IsAsynchronous(Type type) =>
        typeof(Task).IsAssignableFrom(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is { } definition
            && (definition == typeof(ValueTask<>) || definition == typeof(IAsyncEnumerable<>)))
        || type == typeof(ValueTask);

    /// <summary>Whether somebody else has said what the method looks like: a framework's interface or base class.</summary>
    private static bool IsForeign(MethodInfo method)
    {
        var type = method.DeclaringType!;
        if (method.GetBaseDefinition().DeclaringType!.Assembly != type.Assembly)
            return true;
        return !type.IsInterface && type.GetInterfaces()
            .Where(contract => !Product.All.Contains(contract.Assembly))
            .Any(contract => type.GetInterfaceMap(contract).TargetMethods.Contains(method));
    }

    private static bool TakesToken(MethodInfo method) =>
        method.GetParameters().LastOrDefault() is { HasDefaultValue: false } last && last.ParameterType == typeof(CancellationToken)
        && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null;
}
