using System.Buffers;
using System.Text.Json;

namespace ResponseKit.Text;

/// <summary>A JSON value in memory that goes back when it is disposed of: for very many that are looked at once.</summary>
internal sealed class LentJson : IDisposable
{
    private readonly byte[] text;
    private readonly JsonDocument document;

    private LentJson(byte[] text, JsonDocument document) => (this.text, this.document) = (text, document);

    /// <summary>The value. No part of it may be used afterwards.</summary>
    public JsonElement Root => document.RootElement;

    /// <summary>Reads a value.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static LentJson Parse(ReadOnlySpan<byte> json)
    {
        var lent = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            json.CopyTo(lent);
            return new(lent, JsonDocument.Parse(lent.AsMemory(0, json.Length)));
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(lent);
            throw;
        }
    }

    public void Dispose()
    {
        document.Dispose();
        ArrayPool<byte>.Shared.Return(text);
    }
}
