using System.Text.Json;

namespace ResponseKit.Testing;

/// <summary>
/// What is counted in bench/counts.json: numbers that do not depend on the machine, so that a change which makes a response dearer or the functions larger is seen
/// where it is reviewed.
/// </summary>
public static class Counts
{
    /// <summary>How many calls an action makes for the simplest target, how many of them change something, and which is the last that does.</summary>
    public static (int All, int Changing, int UntilStruck) CallsOf(string action)
    {
        var calls = Read().GetProperty("calls").GetProperty(action);
        return (calls.GetProperty("all").GetInt32(), calls.GetProperty("changing").GetInt32(), calls.GetProperty("untilStruck").GetInt32());
    }

    /// <summary>
    /// After how many round trips, one after the other, a cold contain function has deactivated the key and denied the user everything.
    /// </summary>
    /// <param name="isIdKnown">Whether the request says the user's unique id, so that the user is looked at before they are denied.</param>
    public static (int Key, int Deny) FirstStrike(bool isIdKnown)
    {
        var trips = Read().GetProperty("firstStrike").GetProperty(isIdKnown ? "idKnown" : "keyOnly");
        return (trips.GetProperty("keyInactive").GetInt32(), trips.GetProperty("denied").GetInt32());
    }

    /// <summary>The size of the functions' package as Lambda takes it, in bytes.</summary>
    public static long ZippedPackage => Read().GetProperty("package").GetProperty("zippedBytes").GetInt64();

    private static JsonElement Read() => JsonElement.Parse(Repository.Read("bench", "counts.json"));
}
