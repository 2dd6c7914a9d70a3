using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ResponseKit.Response.Stores;

/// <summary>JSON made small for DynamoDB, which bills and limits items by size; receipts repeat themselves and shrink to about a tenth.</summary>
internal static class Packed
{
    /// <summary>
    /// The most bytes that are unpacked: far more than what we pack. An item has at most 400 KB (DynamoDB Developer Guide, "Quotas"), which somebody who can write the table
    /// could make grow to a thousand times as much, more than a function has memory.
    /// </summary>
    public const int MostBytes = 32 * 1024 * 1024;

    public static byte[] Pack(ReadOnlySpan<byte> json)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(json);
        return buffer.ToArray();
    }

    /// <summary>Reads what was packed.</summary>
    /// <exception cref="InvalidDataException">It is not what we packed.</exception>
    /// <exception cref="JsonException">It is no such value.</exception>
    public static T Read<T>(Stream packed, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(Unpack(packed), type) is { } value ? value : throw new JsonException("The item says null.");
        }
        catch (NotSupportedException error)
        {
            // So the serializer calls a kind of value that is missing or unknown.
            throw new JsonException(error.Message, error);
        }
    }

    /// <summary>What was packed.</summary>
    /// <exception cref="InvalidDataException">It is not what we packed: damaged, or larger than <see cref="MostBytes"/> when unpacked.</exception>
    public static byte[] Unpack(Stream packed)
    {
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var buffer = new MemoryStream();
        var block = new byte[16 * 1024];
        while (gzip.Read(block) is > 0 and var count)
        {
            if (buffer.Length + count > MostBytes)
                throw new InvalidDataException($"A packed item of the table holds more than {MostBytes} bytes, which ResponseKit never writes. It was not read.");
            buffer.Write(block, 0, count);
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
