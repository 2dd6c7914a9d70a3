namespace ResponseKit.Scenarios.Making;

/// <summary>Calls that AWS turns down, with the codes and the words it has for that.</summary>
internal static class Failures
{
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    // EC2's codes begin with "Client.", and it keeps what was asked; most others drop it together with the permission.
    private static readonly string[] KeepTheRequest = ["ec2", "guardduty", "s3"];

    /// <summary>Not allowed. <paramref name="action"/> is the IAM action when it is not the call's name.</summary>
    public static Call DeniedTo(this Call call, Caller caller, Dice dice, string because = "no identity-based policy allows", string? action = null)
    {
        var wanted = $"{(action ?? $"{call.Service}:{Bare(call.Name)}")}";
        var resource = call.ReadOnly ? "*" : $"arn:aws:{call.Service}:{call.Region}:{caller.Account}:{(call.Name == "RunInstances" ? "instance/*" : "*")}";
        var reason = $"User: {caller.Arn} is not authorized to perform: {wanted} on resource: {resource} because {because} the {wanted} action";
        return call.Service switch
        {
            "ec2" => call with
            {
                Response = null,
                Error = "Client.UnauthorizedOperation",
                ErrorMessage = $"You are not authorized to perform this operation. {reason}. Encoded authorization failure message: {dice.Text(Base64, 480)}",
            },
            "guardduty" => call with { Error = "AccessDenied", Response = new { message = reason } },
            _ => call with
            {
                Request = KeepTheRequest.Contains(call.Service) ? call.Request : null,
                Response = null,
                Error = "AccessDenied",
                ErrorMessage = reason,
            },
        };
    }

    /// <summary>An organization's policy forbids it.</summary>
    public static Call ForbiddenTo(this Call call, Caller caller, Dice dice) => call.DeniedTo(caller, dice, "an explicit deny in a service control policy denies");

    public static Call Failing(this Call call, string code, string message) => call with { Response = null, Error = code, ErrorMessage = message };

    public static Call DryRun(this Call call) => call.Failing("Client.DryRunOperation", "Request would have succeeded, but DryRun flag is set.");

    public static Call OverQuota(this Call call, int vcpus) => call.Failing(
        "Client.VcpuLimitExceeded",
        $"You have requested more vCPU capacity than your current vCPU limit of {vcpus} allows for the instance bucket that the specified instance type belongs to. "
        + "Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.");

    public static Call Unverified(this Call call) => call.Failing(
        "Client.PendingVerification",
        "Your request for accessing resources in this region is being validated, and you will not be able to launch additional resources in this region until the "
        + "validation is complete. We will notify you by email once your request has been validated.");

    public static Call NoSuchType(this Call call, string type) => call.Failing(
        "Client.InvalidParameterValue", $"Invalid value '{type}' for InstanceType.");

    public static Call NoSuchImage(this Call call, string image) => call.Failing(
        "Client.InvalidAMIID.NotFound", $"The image id '[{image}]' does not exist");

    private static string Bare(string name) => new([.. name.TakeWhile(character => !char.IsAsciiDigit(character))]);
}
