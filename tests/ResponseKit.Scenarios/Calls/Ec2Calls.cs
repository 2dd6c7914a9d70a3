using ResponseKit.Scenarios.Making;

namespace ResponseKit.Scenarios.Calls;

/// <summary>What a launch asks for.</summary>
internal sealed record Launch(string InstanceType, int Count = 1)
{
    public int? Least { get; init; }
    public string? Image { get; init; }
    public string? KeyName { get; init; }
    public string? Profile { get; init; }
    public string? SecurityGroup { get; init; }
    public string? Template { get; init; }
    public string? Name { get; init; }
    public bool UserData { get; init; }
    public bool Protected { get; init; }
    public bool Spot { get; init; }

    /// <summary>Launched by EC2 Fleet, which says the type beside the template, and marks its instances.</summary>
    public bool Fleet { get; init; }

    /// <summary>Tags that a service sets, such as those of an Auto Scaling group.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>EC2's calls in one region.</summary>
internal sealed class Ec2Calls(Stage stage, string region)
{
    private Dice Dice => stage.Dice;

    public Call Read(string name, object? request = null) => Call.Read("ec2", name, region, request);

    public Call Write(string name, object? request, object? response = null) => new("ec2", name, region, request, response);

    public Call Done(string name, object request) => Write(name, request, new { _return = true });

    public Call DescribeInstances(params string[] instances) =>
        Read("DescribeInstances", new { instancesSet = instances.Length == 0 ? new { } : Items(instances), filterSet = new { } });

    /// <summary>A launch; its instances' ids come back in <paramref name="instances"/>.</summary>
    public Call RunInstances(Launch launch, out string[] instances)
    {
        var ids = instances = [.. Enumerable.Range(0, launch.Count).Select(_ => Dice.Ec2Id("i"))];
        var image = launch.Template is null ? launch.Image ?? Dice.Ec2Id("ami") : launch.Image;
        var subnet = Dice.Ec2Id("subnet");
        var fleet = launch.Fleet ? $"fleet-{Dice.Guid()}" : null;
        var tags = Tags(launch, fleet);
        var request = new
        {
            instancesSet = new { items = new[] { new { imageId = image, minCount = launch.Least ?? launch.Count, maxCount = launch.Count, keyName = launch.KeyName } } },
            instanceType = launch.Template is null || launch.Fleet ? launch.InstanceType : null,
            groupSet = launch.SecurityGroup is { } group ? new { items = new[] { new { groupId = group } } } : null,
            userData = launch.UserData ? "<sensitiveDataRemoved>" : null,
            blockDeviceMapping = new { },
            monitoring = new { enabled = false },
            disableApiTermination = launch.Protected,
            disableApiStop = false,
            clientToken = fleet is null ? Dice.Guid() : $"{fleet}-0",
            availabilityZone = launch.Template is null ? null : region + "abc"[Dice.Between(0, 2)],
            subnetId = subnet,
            iamInstanceProfile = launch.Profile is { } profile ? new { name = profile } : null,
            instanceMarketOptions = launch.Spot ? new { marketType = "spot" } : null,
            launchTemplate = launch.Template is { } template ? new { launchTemplateId = template, version = "$Default" } : null,
            tagSpecificationSet = tags.Count == 0 ? null : new { items = new[] { new { resourceType = "instance", tags } } },
        };
        return Write("RunInstances", request, launch.Count > 40 ? null : new
        {
            reservationId = $"r-0{Dice.Hex(16)}",
            ownerId = stage.Account,
            groupSet = new { },
            instancesSet = new { items = ids.Select(id => Instance(id, launch, image, subnet, tags)) },
        });
    }

    public Call RunInstances(Launch launch) => RunInstances(launch, out _);

    private object Instance(string id, Launch launch, string? image, string subnet, IReadOnlyList<object> tags)
    {
        var address = $"172.31.{Dice.Between(0, 95)}.{Dice.Between(4, 250)}";
        return new
        {
            instanceId = id,
            imageId = image ?? "ami-0" + id[3..],
            instanceState = new { code = 0, name = "pending" },
            privateDnsName = $"ip-{address.Replace('.', '-')}.{region}.compute.internal",
            keyName = launch.KeyName,
            amiLaunchIndex = 0,
            productCodes = new { },
            instanceType = launch.InstanceType,
            launchTime = Json.Now,
            placement = new { availabilityZone = region + "a", tenancy = "default" },
            monitoring = new { state = "disabled" },
            subnetId = subnet,
            vpcId = "vpc-0" + Dice.Hex(16),
            privateIpAddress = address,
            stateReason = new { code = "pending", message = "pending" },
            architecture = "x86_64",
            rootDeviceType = "ebs",
            virtualizationType = "hvm",
            hypervisor = "xen",
            @operator = new { managed = false },
            tagSet = tags.Count == 0 && launch.Template is null ? null : new { items = TemplateTags(launch).Concat(tags) },
        };
    }

    private static List<object> Tags(Launch launch, string? fleet)
    {
        List<object> tags = [.. (launch.Tags ?? new Dictionary<string, string>()).Select(tag => new { key = tag.Key, value = tag.Value })];
        if (launch.Name is not null)
            tags.Add(new { key = "Name", value = launch.Name });
        if (fleet is not null)
            tags.Add(new { key = "aws:ec2:fleet-id", value = fleet });
        return tags;
    }

    // EC2 itself marks what came of a template.
    private static IEnumerable<object> TemplateTags(Launch launch) => launch.Template is null
        ? []
        : [new { key = "aws:ec2launchtemplate:id", value = launch.Template }, new { key = "aws:ec2launchtemplate:version", value = "1" }];

    public Call TerminateInstances(params string[] ids) => State("TerminateInstances", ids, 32, "shutting-down", 16, "running");

    public Call StopInstances(params string[] ids) => State("StopInstances", ids, 64, "stopping", 16, "running");

    public Call StartInstances(params string[] ids) => State("StartInstances", ids, 0, "pending", 80, "stopped");

    private Call State(string name, string[] ids, int code, string state, int before, string stateBefore) => Write(name, new { instancesSet = Items(ids) }, new
    {
        instancesSet = new
        {
            items = ids.Select(id => new { instanceId = id, currentState = new { code, name = state }, previousState = new { code = before, name = stateBefore } }),
        },
    });

    public Call Protect(string instance, bool on = true) => Done("ModifyInstanceAttribute", new { instanceId = instance, disableApiTermination = new { value = on } });

    /// <summary>The same from boto3's <c>Attribute</c> and <c>Value</c>: CloudTrail hides the value.</summary>
    public Call ProtectHidden(string instance) =>
        Done("ModifyInstanceAttribute", new { instanceId = instance, attribute = "disableApiTermination", value = "<sensitiveDataRemoved>" });

    public Call ProtectFromStop(string instance) => Done("ModifyInstanceAttribute", new { instanceId = instance, disableApiStop = new { value = true } });

    public Call CreateLaunchTemplate(string name, string type, string createdBy, out string template, bool gpu = false)
    {
        template = Dice.Ec2Id("lt");
        return Write(
            "CreateLaunchTemplate",
            new
            {
                CreateLaunchTemplateRequest = new
                {
                    LaunchTemplateName = name,
                    ClientToken = Dice.Guid(),
                    LaunchTemplateData = new
                    {
                        ImageId = Dice.Ec2Id("ami"),
                        InstanceType = type,
                        UserData = "<sensitiveDataRemoved>",
                        InstanceMarketOptions = gpu ? new { MarketType = "spot" } : null
                    },
                },
            },
            new
            {
                CreateLaunchTemplateResponse = new
                {
                    xmlns = "http://ec2.amazonaws.com/doc/2016-11-15/",
                    requestId = Dice.Guid(),
                    launchTemplate = new
                    {
                        createTime = Times.Now,
                        createdBy,
                        launchTemplateId = template,
                        latestVersionNumber = 1,
                        defaultVersionNumber = 1,
                        launchTemplateName = name,
                        @operator = new { managed = false },
                    },
                },
            });
    }

    public Call DeleteLaunchTemplate(string template) => Write("DeleteLaunchTemplate", new { DeleteLaunchTemplateRequest = new { LaunchTemplateId = template } });

    public Call CreateSecurityGroup(string name, string description, out string group)
    {
        group = Dice.Ec2Id("sg");
        return Write("CreateSecurityGroup", new { groupName = name, groupDescription = description, vpcId = Dice.Ec2Id("vpc") }, new { _return = true, groupId = group });
    }

    public Call OpenPort(string group, int from, int to, string cidr, string protocol = "tcp") => Write(
        "AuthorizeSecurityGroupIngress",
        new
        {
            groupId = group,
            ipPermissions = new
            {
                items = new[]
                {
                    new
                    {
                        ipProtocol = protocol, fromPort = from, toPort = to, groups = new { }, ipv6Ranges = new { }, prefixListIds = new { },
                        ipRanges = new { items = new[] { new { cidrIp = cidr } } },
                    },
                },
            },
        },
        new
        {
            _return = true,
            securityGroupRuleSet = new
            {
                items = new[]
                {
                    new
                    {
                        groupOwnerId = stage.Account, groupId = group, securityGroupRuleId = Dice.Ec2Id("sgr"), isEgress = false, ipProtocol = protocol, fromPort = from,
                        toPort = to, cidrIpv4 = cidr,
                    },
                },
            },
        });

    public Call CreateKeyPair(string name) => Write(
        "CreateKeyPair",
        new { keyName = name, keyType = "rsa", keyFormat = "pem" },
        new { keyName = name, keyFingerprint = "<sensitiveDataRemoved>", keyPairId = Dice.Ec2Id("key"), keyMaterial = "<sensitiveDataRemoved>" });

    public Call Tag(string resource, string key, string value) => Done(
        "CreateTags", new { resourcesSet = new { items = new[] { new { resourceId = resource } } }, tagSet = new { items = new[] { new { key, value } } } });

    /// <summary>A fleet, as Karpenter and other autoscalers ask for it: nested, with repeated lists numbered by <c>tag</c>.</summary>
    public Call CreateFleet(string template, IEnumerable<string> types, string capacity, string cluster, string pool) => Write(
        "CreateFleet",
        new
        {
            CreateFleetRequest = new
            {
                Type = "instant",
                ClientToken = Dice.Guid(),
                TargetCapacitySpecification = new { DefaultTargetCapacityType = capacity, TotalTargetCapacity = 1 },
                LaunchTemplateConfigs = new
                {
                    tag = 1,
                    LaunchTemplateSpecification = new { LaunchTemplateName = template, Version = "$Latest" },
                    Overrides = types
                        .Select((type, index) => new
                        {
                            tag = index + 1,
                            InstanceType = type,
                            SubnetId = Dice.Ec2Id("subnet"),
                            AvailabilityZone = region + "abc"[index % 3]
                        }),
                },
                TagSpecification = new[]
                {
                    new { tag = 1, ResourceType = "instance",
                        Tag = new[] { new { tag = 1, Key = $"kubernetes.io/cluster/{cluster}", Value = "owned" },
                        new { tag = 2, Key = "karpenter.sh/nodepool", Value = pool } } },
                },
            },
        },
        new
        {
            CreateFleetResponse = new
            {
                xmlns = "http://ec2.amazonaws.com/doc/2016-11-15/",
                requestId = Dice.Guid(),
                fleetId = $"fleet-{Dice.Guid()}",
                errorSet = new { }
            }
        });

    public static object Items(IEnumerable<string> instances) => new { items = instances.Select(id => new { instanceId = id }) };
}
