using System.Collections.Immutable;

namespace ResponseKit.Emulator.RuntimeApi;

/// <summary>How a function's process is started.</summary>
/// <param name="Program">The program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Folder">The folder it starts in; null for this program's.</param>
public sealed record FunctionCommand(string Program, ImmutableArray<string> Arguments, string? Folder);
