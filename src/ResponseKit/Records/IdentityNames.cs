using System.Collections.Frozen;
using System.Text.Json;

namespace ResponseKit.Records;

/// <summary>
/// Members of <c>userIdentity</c> as CloudTrail spells them: tables of Athena and Glue keep names in lower case
/// (CloudTrail User Guide, "CloudTrail userIdentity element"; Athena User Guide, "Create a table for CloudTrail logs in Athena").
/// </summary>
internal static class IdentityNames
{
    private static readonly FrozenDictionary<string, string> Known = new[]
    {
        "type", "principalId", "arn", "accountId", "accessKeyId", "userName", "invokedBy", "sessionContext", "attributes", "mfaAuthenticated", "creationDate", "sessionIssuer",
        "webIdFederationData", "federatedProvider", "ec2RoleDelivery", "sourceIdentity", "identityProvider", "onBehalfOf", "userId", "identityStoreArn", "credentialId",
        "inScopeOf", "issuerType", "credentialsIssuedTo", "assumedRoot",
    }.ToFrozenDictionary(name => name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The name as CloudTrail spells it; one that is not known stays as it is.</summary>
    public static string Canonical(string name) => Known.GetValueOrDefault(name, name);

    /// <summary>Writes an identity with its names as CloudTrail spells them.</summary>
    public static void Write(JsonElement identity, Utf8JsonWriter writer)
    {
        if (identity.ValueKind != JsonValueKind.Object)
        {
            identity.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var member in identity.EnumerateObject())
        {
            writer.WritePropertyName(Canonical(member.Name));
            Write(member.Value, writer);
        }

        writer.WriteEndObject();
    }
}
