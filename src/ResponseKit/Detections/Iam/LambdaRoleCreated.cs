using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Iam;

/// <summary>A role for Lambda functions: weak alone, part of the pattern with a public function.</summary>
public sealed class LambdaRoleCreated : IDetection
{
    private static readonly Attempt Weight = new(Success: 5);

    /// <inheritdoc/>
    public DetectionDescriptor Descriptor { get; } = new()
    {
        Id = "iam.lambda-role-created",
        Title = "Role for Lambda functions created",
        Category = SignalCategory.Persistence,
        Techniques = [Techniques.ServerlessExecution],
        Selectors = [Selector.Writes(EventSources.Iam, "CreateRole")],
        Why = "The November 2025 campaign made a role for a function that everyone could call: code with rights in the account, run from outside.",
        BenignCauses = ["Every deployment of a new function, by hand or by infrastructure as code"],
        DeployersMay = true,
    };

    /// <inheritdoc/>
    public Finding? Evaluate(CloudTrailRecord record)
    {
        var trust = PolicyDocument.Parse(record.Request["assumeRolePolicyDocument"]);
        var isForLambda = trust?.Statements.Any(statement =>
            statement.Allows && statement.Principals.Contains(new TrustedPrincipal.Service("lambda.amazonaws.com"))) == true;
        var name = record.Request["roleName"].Text;
        return isForLambda ? Weight.Finding(record, "created", "create", $"the role {Plain.Name(name)} for Lambda functions")?.With("roleName", name) : null;
    }

    /// <inheritdoc/>
    public ImmutableArray<DetectionExample> Examples =>
    [
        DetectionExample.Match("a function's role", EventSources.Iam, "CreateRole",
            """
            {"roleName":"worker","assumeRolePolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},
            \"Action\":\"sts:AssumeRole\"}]}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Match("a role for Lambda and another service", EventSources.Iam, "CreateRole",
            """
            {"roleName":"worker","assumeRolePolicyDocument":"{\"Statement\":{\"Effect\":\"Allow\",
            \"Principal\":{\"Service\":[\"edgelambda.amazonaws.com\",\"lambda.amazonaws.com\"]},\"Action\":[\"sts:AssumeRole\"]}}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Ignore("a role for instances", EventSources.Iam, "CreateRole",
            """
            {"roleName":"web","assumeRolePolicyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"ec2.amazonaws.com\"},
            \"Action\":\"sts:AssumeRole\"}]}"}
            """.ReplaceLineEndings("")),
        DetectionExample.Ignore("a refused attempt, of which nothing is known", EventSources.Iam, "CreateRole", errorCode: "AccessDenied"),
    ];
}
