using System.Collections.Immutable;
using ResponseKit.Response;

namespace ResponseKit.Infra.Iam;

/// <summary>What actions declare that they call, as statements: the union of all of them, for the role by which an account is entered.</summary>
internal static class DeclaredStatements
{
    /// <summary>
    /// One statement for each set of resources, and one for each action that a condition narrows. The order depends on nothing but the permissions.
    /// </summary>
    /// <param name="permissions">What is declared.</param>
    /// <param name="partition">The partition, or what stands for it.</param>
    /// <param name="account">The account, or what stands for it.</param>
    public static ImmutableArray<Statement> Of(IEnumerable<Permission> permissions, string partition, string account) =>
    [
        .. from permission in permissions
           let policies = string.Join(' ', permission.PoliciesIn(partition, account, "*"))
           group permission by (permission.Action, permission.PassedTo, Policies: policies) into call
           let resources = call.Select(permission => permission.Resource).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList()
           let key = call.Key.Policies.Length > 0 ? call.First().PolicyKey : ""
           let comparison = call.First().PolicyOperator
           group (call.Key.Action, resources) by (Resources: string.Join(' ', resources), call.Key.PassedTo, key, comparison: key.Length > 0 ? comparison : "", call.Key.Policies) into same
           orderby same.Key.Resources, same.Key.PassedTo, same.Key.key, same.Key.Policies
           let statement = new Statement(
               [.. same.Select(one => one.Action).Order(StringComparer.Ordinal)],
               [.. same.First().resources.Select(resource => new Permission("", resource).ResourceIn(partition, account, "*"))])
           select same.Key.PassedTo is { } service ? statement.When("StringEquals", "iam:PassedToService", service)
               : same.Key.Policies.Length > 0 ? statement.When(same.Key.comparison, same.Key.key, [.. same.Key.Policies.Split(' ')])
               : statement,
    ];

    /// <summary>Everything that the actions declare, in all phases.</summary>
    public static IEnumerable<Permission> All(IEnumerable<ActionDescriptor> actions) =>
        actions.SelectMany(action => action.Permissions.Plan.Concat(action.Permissions.Apply).Concat(action.Permissions.Revert));
}
