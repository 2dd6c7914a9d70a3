using System.Text.Json.Serialization;

namespace ResponseKit.Replay.Unwrapping;

/// <summary>What the compiler generates to write cells as JSON.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class TextContext : JsonSerializerContext;
