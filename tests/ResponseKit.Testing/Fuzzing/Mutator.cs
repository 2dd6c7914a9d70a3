using System.Text;
using System.Text.Json.Nodes;

namespace ResponseKit.Testing.Fuzzing;

/// <summary>
/// Changes JSON as somebody would who knows what it means: takes members away, puts others in their place, other types, hostile texts, depth and length; and now and then its bytes.
/// The same seed gives the same changes.
/// </summary>
/// <param name="seed">The seed.</param>
public sealed class Mutator(int seed)
{
    private const int MostChanges = 4;
    private const int MostBytes = 300_000;

    private static readonly string[] Texts =
    [
        "", " ", "*", "null", "\0", "\u202e", "\ud83d\ude00", "\u001b[2J", "a\nb", "../../x", "${jndi:x}", "arn:aws:iam::111122223333:user/x:role/ResponseKitResponder", "arn:aws:iam:::", "arn:::::",
        "111122223333", "0", "-1", "1e999", "9223372036854775808", "2025-11-02T10:00:00Z", "2100-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2025-02-30T25:61:61Z", "us-east-1", "us-east-1\0",
        "AKIAEXAMPLEEXAMPLE01", "iam.amazonaws.com", "CreateUser", "true", "{\"a\":1}", "%7B%22a%22%3A1%7D", "<script>", "https://evil.example/", "enforce", "H4sIAAAAAAAAAA==", "_", ".", ":", "/",
    ];

    private static readonly string[] Numbers = ["0", "-0", "-1", "1", "1.5", "1e308", "1e-308", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890"];

#pragma warning disable CA5394 // Repeatable chance, which is what a seed is for.
    private readonly Random chance = new(seed);

    /// <summary>A changed copy.</summary>
    public byte[] Mutate(string json)
    {
        var root = JsonNode.Parse(json)!;
        for (var change = chance.Next(1, MostChanges + 1); change > 0; change--)
            root = Changed(root);
        var bytes = Encoding.UTF8.GetBytes(root.ToJsonString());
        return chance.Next(4) == 0 ? ChangedBytes(bytes) : bytes;
    }

    /// <summary>Bytes that are changed without looking at what they mean.</summary>
    public byte[] ChangedBytes(byte[] bytes)
    {
        var list = new List<byte>(bytes);
        for (var change = chance.Next(1, MostChanges + 1); change > 0 && list.Count is > 0 and < MostBytes; change--)
        {
            var at = chance.Next(list.Count);
            switch (chance.Next(6))
            {
                case 0:
                    list[at] ^= (byte)(1 << chance.Next(8));
                    break;
                case 1:
                    list.RemoveRange(at, Math.Min(list.Count - at, chance.Next(1, 200)));
                    break;
                case 2:
                    list.InsertRange(at, list.GetRange(at, Math.Min(list.Count - at, chance.Next(1, 200))));
                    break;
                case 3:
                    list.Insert(at, "\"{}[],:\\\0\xFF"u8[chance.Next(9)]);
                    break;
                case 4:
                    list.RemoveRange(at, list.Count - at);
                    break;
                default:
                    list.InsertRange(at, Enumerable.Repeat((byte)"[{\" 9"[chance.Next(5)], chance.Next(1, 3_000)));
                    break;
            }
        }

        return [.. list];
    }

    /// <summary>One of several.</summary>
    public T OneOf<T>(IReadOnlyList<T> several) => several[chance.Next(several.Count)];

    private JsonNode Changed(JsonNode root)
    {
        var all = Within(root).ToList();
        var (holder, key, index) = all.Count == 0 ? (null, null, 0) : all[chance.Next(all.Count)];
        if (holder is JsonObject members && key is not null)
        {
            switch (chance.Next(5))
            {
                case 0:
                    members.Remove(key);
                    break;
                case 1:
                    members[Text()] = Value(all);
                    break;
                case 2 when members[key] is { } value:
                    members.Remove(key);
                    members[key + chance.Next(2)] = value;
                    break;
                default:
                    members[key] = Value(all);
                    break;
            }
        }
        else if (holder is JsonArray items)
        {
            if (chance.Next(3) == 0)
                items.RemoveAt(index);
            else
                items[index] = Value(all);
        }
        else
        {
            return Value(all) ?? new JsonObject();
        }

        return root;
    }

    private JsonNode? Value(List<(JsonNode? Holder, string? Key, int Index)> all)
    {
        switch (chance.Next(10))
        {
            case 0:
                return null;
            case 1:
                return JsonNode.Parse(Numbers[chance.Next(Numbers.Length)]);
            case 2:
                return JsonValue.Create(chance.Next(2) == 0);
            case 3:
                return new JsonArray([.. Enumerable.Range(0, chance.Next(0, 50)).Select(_ => JsonValue.Create(Text()))]);
            case 4:
                return Deep(chance.Next(1, 60));
            case 5 when all.Count > 0:
                var (holder, key, index) = all[chance.Next(all.Count)];
                return (holder is JsonObject members && key is not null ? members[key] : holder is JsonArray items && index < items.Count ? items[index] : null)?.DeepClone();
            case 6:
                return JsonValue.Create(new string(Text().FirstOrDefault('x'), chance.Next(1, 20_000)).Replace('\ud83d', 'x'));
            case 7:
                return new JsonObject { [Text()] = JsonValue.Create(Text()) };
            default:
                return JsonValue.Create(Text());
        }
    }

    private string Text() => Texts[chance.Next(Texts.Length)];

    private static JsonNode Deep(int levels) => levels == 0 ? JsonValue.Create("deep") : levels % 2 == 0 ? new JsonArray(Deep(levels - 1)) : new JsonObject { ["a"] = Deep(levels - 1) };

    private static IEnumerable<(JsonNode? Holder, string? Key, int Index)> Within(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Within(member.Value).Prepend((members, member.Key, 0))),
        JsonArray items => items.SelectMany((item, at) => Within(item).Prepend((items, null, at))),
        _ => [],
    };
}
