using System.Collections.Immutable;

namespace ResponseKit;

/// <summary>
/// The classes that implement an interface, found in the assembly that declares it: what they are is written in one place, their own file. They need a
/// constructor without parameters.
/// </summary>
/// <typeparam name="T">The interface.</typeparam>
internal static class Discovered<T>
    where T : class
{
    private static readonly ImmutableArray<Type> Types =
    [
        .. typeof(T).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(T)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    /// <summary>One of each, by the full name of its class; always the same ones.</summary>
    public static ImmutableArray<T> All { get; } = Create();

    /// <summary>A new one of each, in the same order: for classes that remember something.</summary>
    public static ImmutableArray<T> Create() => [.. Types.Select(type => (T)Activator.CreateInstance(type)!)];
}
