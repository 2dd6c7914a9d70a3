using ResponseKit.Policy;

namespace ResponseKit.Reviewing;

/// <summary>Where the keys of a policy file stand.</summary>
internal sealed class PolicyLines(PolicyNode root)
{
    /// <summary>The line of a key; where it is left out, of the nearest object around it; 1 where not even that is written.</summary>
    public int Of(string key)
    {
        var (node, line) = (root, 1);
        foreach (var part in key.Split('.'))
        {
            var member = node.Members.FirstOrDefault(member => member.Name == part);
            if (member.Value is null)
                break;
            (node, line) = (member.Value, member.Line);
        }

        return line;
    }

    /// <summary>The line and the number of the item of a list that reads so; null where none does.</summary>
    public (int Line, int At)? Item(string key, string text)
    {
        PolicyNode? node = root;
        foreach (var part in key.Split('.'))
            node = node?.Members.FirstOrDefault(member => member.Name == part).Value;
        if (node is null)
            return null;
        var at = node.Items.Select(item => item.Text).ToList().IndexOf(text);
        return at < 0 ? null : (node.Items[at].Line, at);
    }

    /// <summary>The line of an item of a list by its number.</summary>
    public int ItemAt(string key, int at) => root.Members.FirstOrDefault(member => member.Name == key).Value is { } list && at < list.Items.Length ? list.Items[at].Line : Of(key);
}
