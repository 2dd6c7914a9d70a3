using System.IO.Compression;

namespace ResponseKit.Aws.Stores;

/// <summary>JSON made small for DynamoDB, which bills and limits items by size; receipts repeat themselves and shrink to about a tenth.</summary>
internal static class Packed
{
    public static byte[] Pack(ReadOnlySpan<byte> json)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(json);
        return buffer.ToArray();
    }

    public static byte[] Unpack(Stream packed)
    {
        using var gzip = new GZipStream(packed, CompressionMode.Decompress);
        using var buffer = new MemoryStream();
        gzip.CopyTo(buffer);
        return buffer.ToArray();
    }
}
