using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ResponseKit.Aws.Stores;

/// <summary>JSON made small for DynamoDB, which bills and limits items by size; receipts repeat themselves and shrink to about a tenth.</summary>
internal static class Packed
{
    /// <summary>More bytes than this are not unpacked: what is not ours could blow up to a thousand times its size.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    public static byte[] Pack(ReadOnlySpan<byte> json)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(json);
        return buffer.ToArray();
    }

    /// <summary>The JSON again.</summary>
    /// <exception cref="InvalidDataException">It was not packed by <see cref="Pack"/>, or is too large.</exception>
    public static byte[] Unpack(Stream packed)
    {
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        for (int read; (read = gzip.Read(chunk)) > 0;)
        {
            if (buffer.Length + read > MostBytes)
                throw new InvalidDataException($"It has more than {MostBytes} bytes once it is unpacked.");
            buffer.Write(chunk, 0, read);
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a value of what may be anything, as somebody else may have written it.</summary>
    public static bool TryRead<T>(Stream? packed, JsonTypeInfo<T> type, [NotNullWhen(true)] out T? value)
        where T : class => TryRead(packed, json => JsonSerializer.Deserialize(json, type), out value);

    /// <summary>The same with a reader of one's own.</summary>
    public static bool TryRead<T>(Stream? packed, Func<byte[], T?> read, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = null;
        try
        {
            if (packed is not null)
                value = read(Unpack(packed));
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or FormatException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            // It is none of ours.
        }

        return value is not null;
    }
}
