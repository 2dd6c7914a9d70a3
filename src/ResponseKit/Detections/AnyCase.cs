using ResponseKit.Records;

namespace ResponseKit.Detections;

/// <summary>
/// Members of requests by the API's name for them, however CloudTrail spells it: the first letter is lowered for most services, kept for some,
/// and <c>EC2InstanceType</c> becomes <c>eC2InstanceType</c>.
/// </summary>
internal static class AnyCase
{
    /// <summary>The member of this object by its name in any case, or a missing field. The exact spelling goes first.</summary>
    public static Field Any(this Field field, string name)
    {
        var exact = field[name];
        return exact.IsPresent ? exact : field.Members.FirstOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
    }
}
