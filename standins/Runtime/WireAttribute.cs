namespace ResponseKit.StandIns;

/// <summary>Where a property travels.</summary>
internal enum Place
{
    Body,
    Uri,
    Query,
    Header,

    /// <summary>The body is this property's bytes and nothing else.</summary>
    Payload,

    /// <summary>The response's HTTP status code.</summary>
    Status,
}

/// <summary>States where a property differs from its protocol's rule.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WireAttribute(string? name = null) : Attribute
{
    /// <summary>Its name in responses, in JSON requests, and in a header, query string or path.</summary>
    public string? Name { get; } = name;

    /// <summary>The name of a list's items in a form of the query protocol; "member" unless given.</summary>
    public string? Item { get; set; }

    /// <summary>The name of a map's keys in a form of the query protocol.</summary>
    public string? Key { get; set; }

    /// <summary>The name of a map's values in a form of the query protocol.</summary>
    public string? Value { get; set; }

    public Place In { get; set; }

    /// <summary>An idempotency token: a new one is sent where the caller gave none.</summary>
    public bool Token { get; set; }
}
