using System.IO.Compression;
using System.Text.Json;

namespace ResponseKit.Bench.Passes;

/// <summary>Reads of each record only <c>eventName</c>, with a plain <see cref="Utf8JsonReader"/>, and counts each.</summary>
internal sealed class NameCounter
{
    private readonly Dictionary<string, long> names = new(StringComparer.Ordinal);
    private byte[] text = new byte[8 * 1024 * 1024];

    public NameCounter Read(string file)
    {
        Count(text.AsSpan(0, Fill(file)));
        return this;
    }

    public void AddTo(Dictionary<string, long> all)
    {
        lock (all)
        {
            foreach (var (name, count) in names)
                all[name] = all.GetValueOrDefault(name) + count;
        }
    }

    private int Fill(string file)
    {
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        var length = 0;
        for (int count; (count = stream.Read(text, length, text.Length - length)) > 0;)
        {
            length += count;
            if (length == text.Length)
                Array.Resize(ref text, 2 * text.Length);
        }

        return length;
    }

    private void Count(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth < 3)
                continue;
            var isName = reader.ValueTextEquals("eventName"u8);
            reader.Read();
            if (isName && reader.GetString() is { } name)
                names[name] = names.GetValueOrDefault(name) + 1;
            else
                reader.Skip();
        }
    }
}
