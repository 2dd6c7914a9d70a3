using System.Buffers.Binary;
using System.Text;
using Amazon.DynamoDBv2.Model;

namespace ResponseKit.Aws.Stores.Sealing;

/// <summary>
/// An item as bytes, such that different items have different bytes: every text, list and value is preceded by its length or number and its type, and
/// attributes stand in the order of their names. Text is taken as DynamoDB stores it, which is UTF-8.
/// </summary>
internal static class CanonicalItem
{
    /// <summary>The bytes of all attributes but those left out.</summary>
    /// <exception cref="ArgumentException">An attribute has no value: it is none that DynamoDB gives.</exception>
    public static byte[] Write(IReadOnlyDictionary<string, AttributeValue> item, string kind, Func<string, bool> isLeftOut)
    {
        using var bytes = new MemoryStream();
        Text(bytes, 'K', kind);
        Map(bytes, item.Where(attribute => !isLeftOut(attribute.Key)));
        return bytes.ToArray();
    }

    private static void Map(MemoryStream bytes, IEnumerable<KeyValuePair<string, AttributeValue>> attributes)
    {
        var all = attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal).ToList();
        Head(bytes, 'M', all.Count);
        foreach (var (name, value) in all)
        {
            Text(bytes, 'A', name);
            Value(bytes, value);
        }
    }

    private static void Value(MemoryStream bytes, AttributeValue value)
    {
        var start = bytes.Length;
        if (value.S is not null)
            Text(bytes, 'S', value.S);
        if (value.N is not null)
            Text(bytes, 'N', value.N);
        if (value.B is not null)
            Bytes(bytes, 'B', value.B.ToArray());
        if (value.BOOL is { } truth)
            Bytes(bytes, 'T', [truth ? (byte)1 : (byte)0]);
        if (value.NULL == true)
            Head(bytes, '0', 0);
        if (value.SS is { Count: > 0 } texts)
            Set(bytes, 's', texts.Select(Encoding.UTF8.GetBytes));
        if (value.NS is { Count: > 0 } numbers)
            Set(bytes, 'n', numbers.Select(Encoding.UTF8.GetBytes));
        if (value.BS is { Count: > 0 } blobs)
            Set(bytes, 'b', blobs.Select(blob => blob.ToArray()));
        if (value.IsMSet && value.M is not null)
            Map(bytes, value.M);
        if (value.IsLSet && value.L is not null)
            List(bytes, value.L);
        if (bytes.Length == start)
            throw new ArgumentException("An attribute without a value cannot be sealed.", nameof(value));
    }

    private static void List(MemoryStream bytes, List<AttributeValue> values)
    {
        Head(bytes, 'L', values.Count);
        foreach (var value in values)
            Value(bytes, value);
    }

    // DynamoDB keeps sets in no order.
    private static void Set(MemoryStream bytes, char type, IEnumerable<byte[]> values)
    {
        var all = values.OrderBy(Convert.ToHexString, StringComparer.Ordinal).ToList();
        Head(bytes, type, all.Count);
        foreach (var value in all)
            Bytes(bytes, 'v', value);
    }

    private static void Text(MemoryStream bytes, char type, string text) => Bytes(bytes, type, Encoding.UTF8.GetBytes(text));

    private static void Bytes(MemoryStream bytes, char type, byte[] value)
    {
        Head(bytes, type, value.Length);
        bytes.Write(value);
    }

    private static void Head(MemoryStream bytes, char type, int length)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = (byte)type;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
        bytes.Write(head);
    }
}
