using System.Collections.Immutable;

namespace ResponseKit.Emulator.Deployed;

/// <summary>A resource that a template asked for and the emulator cannot make.</summary>
/// <param name="Account">The account.</param>
/// <param name="Region">The region.</param>
/// <param name="Stack">The stack's name.</param>
/// <param name="Resource">The resource's name in the template.</param>
/// <param name="Type">Its type, such as <c>AWS::EventSchemas::Schema</c>.</param>
public sealed record LeftOutResource(string Account, string Region, string Stack, string Resource, string Type);

internal sealed record LeftOutPage(ImmutableArray<LeftOutResource> Resources);

internal sealed record CodePackage(string Zip);
