using System.Collections.Immutable;
using ResponseKit.Records;

namespace ResponseKit.Detections.Ec2;

/// <summary>
/// What a launching call asks for, read from any of RunInstances, RequestSpotInstances, RequestSpotFleet, CreateFleet,
/// CreateLaunchTemplate, CreateLaunchTemplateVersion and Auto Scaling's CreateLaunchConfiguration. EC2 records the older calls in camel case, the newer ones nested under
/// their own name in Pascal case.
/// </summary>
/// <param name="Types">The instance types named; several are alternatives. Empty where a launch template holds them.</param>
/// <param name="Count">How many instances, or a fleet's units of capacity; one where it is not said.</param>
/// <param name="Data">The specification with the remaining parameters: the request itself, or the launch template's data.</param>
internal sealed record LaunchOrder(ImmutableArray<string> Types, long Count, Field Data)
{
    // A hostile request may repeat types or counts without end; nobody launches more.
    private const int TypeLimit = 200;
    private const long CountLimit = 1_000_000;

    /// <summary>Reads the call.</summary>
    public static LaunchOrder Of(CloudTrailRecord record) => record.EventName switch
    {
        "RequestSpotInstances" => Spot(record.Request),
        "RequestSpotFleet" => SpotFleet(record.Request["spotFleetRequestConfig"]),
        "CreateFleet" => Fleet(record.Request["CreateFleetRequest"]),
        "CreateLaunchTemplate" => Template(record.Request["CreateLaunchTemplateRequest"]),
        "CreateLaunchTemplateVersion" => Template(record.Request["CreateLaunchTemplateVersionRequest"]),
        "CreateLaunchConfiguration" => Order([record.Request["instanceType"]], 1, record.Request),
        _ => Run(record),
    };

    /// <summary>An order that was read elsewhere: types that are alternatives, and how many machines.</summary>
    public static LaunchOrder For(IEnumerable<string?> types, long? count) =>
        new([.. types.OfType<string>().Where(type => type.Length > 0).Distinct().Take(TypeLimit)], Clamp(count), Field.Missing);

    private static LaunchOrder Run(CloudTrailRecord record)
    {
        // The answer knows better than the request: it has the type that a launch template chose, and how many were really made.
        Field[] launched = [.. record.Response["instancesSet"].List.Take((int)CountLimit)];
        var asked = record.Request["instancesSet"].List.Sum(item => Clamp(item["maxCount"].Number));
        return Order(
            launched.Select(instance => instance["instanceType"]).Prepend(record.Request["instanceType"]),
            launched.Length > 0 ? launched.Length : asked,
            record.Request);
    }

    private static LaunchOrder Spot(Field request) =>
        Order([request["launchSpecification"]["instanceType"]], request["instanceCount"].Number, request["launchSpecification"]);

    private static LaunchOrder SpotFleet(Field config)
    {
        var specified = List(config, "launchSpecifications").Select(specification => specification["instanceType"]);
        var overridden = List(config, "launchTemplateConfigs").SelectMany(template => List(template, "overrides")).Select(item => item["instanceType"]);
        return Order(specified.Concat(overridden), config["targetCapacity"].Number, config);
    }

    // EC2 calls many of its lists "…Set" in CloudTrail.
    private static IEnumerable<Field> List(Field field, string name) => field[name].List.Concat(field[name + "Set"].List);

    private static LaunchOrder Fleet(Field request) => Order(
        request["LaunchTemplateConfigs"].List.SelectMany(template => template["Overrides"].List).Select(item => item["InstanceType"]),
        request["TargetCapacitySpecification"]["TotalTargetCapacity"].Number,
        request);

    private static LaunchOrder Template(Field request) =>
        Order([request["LaunchTemplateData"]["InstanceType"]], 1, request["LaunchTemplateData"]);

    private static LaunchOrder Order(IEnumerable<Field> types, long? count, Field data) =>
        new([.. types.Select(type => type.Text).OfType<string>().Where(type => type.Length > 0).Distinct().Take(TypeLimit)], Clamp(count), data);

    private static long Clamp(long? count) => Math.Clamp(count ?? 1, 1, CountLimit);
}
