using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ResponseKit.Resources;
using ResponseKit.Text;

namespace ResponseKit.Policy;

/// <summary>Reads the <c>changeWindows</c> of a policy file.</summary>
internal sealed class ChangeWindowReader(PolicyReader reader)
{
    private const string Path = "changeWindows";
    private const string Members = "owner, reason, from, until, principals";
    private const string Time = "a time with its offset, such as 2026-01-31T18:00:00Z";

    public ImmutableArray<ChangeWindow> Read(PolicyNode node)
    {
        if (node.Kind != JsonValueKind.Array)
            reader.Error(node, Path, $"It is {PolicyReader.Shown(node)}, not a list.", $"a list of objects with {Members}");
        return [.. node.Items.Index().Select(item => Window(item.Item, $"{Path}[{item.Index}]")).OfType<ChangeWindow>()];
    }

    private ChangeWindow? Window(PolicyNode node, string path)
    {
        if (node.Kind != JsonValueKind.Object)
        {
            reader.Error(node, path, $"It is {PolicyReader.Shown(node)}, not an object.", $"an object with {Members}");
            return null;
        }

        foreach (var (name, _, value) in node.Members.Where(member => !Members.Split(", ").Contains(member.Name)))
            reader.Error(value, $"{path}.{Printable.Of(name, 60)}", "There is no such key.", Members);
        foreach (var twice in node.Members.GroupBy(member => member.Name, StringComparer.Ordinal).Where(same => same.Count() > 1))
            reader.Error(twice.Last().Value, $"{path}.{Printable.Of(twice.Key, 60)}", "It is there twice.", "each key once");
        var (from, until) = (Moment(node, path, "from"), Moment(node, path, "until"));
        if (until <= from || until - from > TimeSpan.FromDays(ChangeWindow.MaxDays))
            reader.Error(node, $"{path}.until", "It is not after from, or too long after it.", $"a time up to {ChangeWindow.MaxDays} days after from");
        return new(Text(node, path, "owner"), Text(node, path, "reason"), from ?? default, until ?? default, Principals(node, path));
    }

    private string Text(PolicyNode node, string path, string name)
    {
        var value = Member(node, name);
        if (value?.Text is { Length: > 0 and <= 200 } text && text == Printable.Of(text, 200))
            return text;
        reader.Error(value ?? node, $"{path}.{name}", value is null ? "It is missing." : $"It is {PolicyReader.Shown(value)}.", "up to 200 characters on one line");
        return "";
    }

    private DateTimeOffset? Moment(PolicyNode node, string path, string name)
    {
        var value = Member(node, name);
        if (value?.Text is { } text && DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss'Z'"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment))
        {
            return moment;
        }

        reader.Error(value ?? node, $"{path}.{name}", value is null ? "It is missing." : $"It is {PolicyReader.Shown(value)}.", Time);
        return null;
    }

    private ImmutableArray<ArnPattern> Principals(PolicyNode node, string path)
    {
        const string Accepts = "a list of ARN patterns of users and roles, at least one";
        var value = Member(node, "principals");
        if (value is not { Kind: JsonValueKind.Array, Items.IsEmpty: false })
        {
            reader.Error(value ?? node, $"{path}.principals", value is null ? "It is missing." : $"It is {PolicyReader.Shown(value)}.", Accepts);
            return [];
        }

        return reader.Patterns(value, $"{path}.principals", PrincipalRule.Exempt);
    }

    private static PolicyNode? Member(PolicyNode node, string name) => node.Members.FirstOrDefault(member => member.Name == name).Value;
}
