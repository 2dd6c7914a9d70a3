namespace ResponseKit.Scenarios.Making;

/// <summary>Where calls come from.</summary>
/// <param name="Address">An address of the ranges for documentation (RFC 5737), a private one, or a service's name.</param>
/// <param name="Agent">What the program calls itself.</param>
internal sealed record Place(string Address, string Agent)
{
    /// <summary>The endpoint in a VPC through which calls go, so that their address is a private one.</summary>
    public string? VpcEndpoint { get; init; }
}

/// <summary>Somebody with credentials, at some place.</summary>
/// <param name="Principal">What <see cref="LabelledRecord.Actor"/> says.</param>
/// <param name="Account">The account of the identity.</param>
/// <param name="Arn">The ARN that AWS puts in error messages.</param>
/// <param name="Identity">The <c>userIdentity</c> element.</param>
/// <param name="Place">Where the calls come from.</param>
internal sealed record Caller(string Principal, string Account, string? Arn, object Identity, Place Place)
{
    /// <summary>Whether the call is made in the console, which CloudTrail notes in the record.</summary>
    public bool InConsole { get; init; }

    public Caller At(Place place) => this with { Place = place };

    /// <summary>
    /// The same identity, whose session a service passes on to another service (CloudTrail User Guide, "userIdentity": forward access sessions).
    /// </summary>
    public Caller Through(string service)
    {
        var identity = Json.Of(Identity)!.AsObject();
        identity["invokedBy"] = service;
        return this with { Identity = identity, Place = new(service, service), InConsole = false };
    }
}
