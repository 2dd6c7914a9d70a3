"""The ARNs that a call touches, for policies that name resources.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Callable
from urllib.parse import unquote

from moto.autoscaling.models import autoscaling_backends
from moto.iam.models import iam_backends

from ..calls import Call

EVERYTHING = ["*"]


class Place:
    """Account, region and partition, and ARNs made of them."""

    def __init__(self, account: str, region: str, partition: str) -> None:
        self.account, self.region, self.partition = account, region, partition

    def arn(self, service: str, resource: str) -> str:
        """The ARN of a regional resource."""
        return f"arn:{self.partition}:{service}:{self.region}:{self.account}:{resource}"

    def global_arn(self, service: str, resource: str) -> str:
        """The ARN of a resource without region."""
        return f"arn:{self.partition}:{service}::{self.account}:{resource}"


Finder = Callable[[Place, str, Call], list[str] | None]
FINDERS: dict[str, Finder] = {}


def resources_of(call: Call, account: str, partition: str) -> list[str] | None:
    """The ARNs that the call touches; `["*"]` if AWS knows no resource for it, None if the emulator does not."""
    find = FINDERS.get(call.service or "")
    if find is None or not call.action:
        return None
    try:
        return find(Place(account, call.region or "us-east-1", partition), call.action, call)
    except (AttributeError, KeyError, TypeError, IndexError):
        return None  # hostile parameters: moto answers for them


def finder(service: str) -> Callable[[Finder], Finder]:
    """Enters the decorated function for the calls of one service."""

    def enter(function: Finder) -> Finder:
        FINDERS[service] = function
        return function

    return enter


@finder("iam")
def _iam(place: Place, action: str, call: Call) -> list[str] | None:
    parameters = call.parameters
    backend = iam_backends[place.account][place.partition]
    if parameters.get("RoleName"):
        name = parameters["RoleName"]
        arn = next((role.arn for role in list(backend.roles.values()) if role.name == name), None)
        return [arn or place.global_arn("iam", f"role{parameters.get('Path') or '/'}{name}")]
    if parameters.get("UserName"):
        name = parameters["UserName"]
        user = backend.users.get(name)
        return [user.arn if user else place.global_arn("iam", f"user{parameters.get('Path') or '/'}{name}")]
    if parameters.get("GroupName"):
        return [place.global_arn("iam", f"group{parameters.get('Path') or '/'}{parameters['GroupName']}")]
    if parameters.get("PolicyArn"):
        return [parameters["PolicyArn"]]
    if parameters.get("PolicyName") and action == "CreatePolicy":
        return [place.global_arn("iam", f"policy{parameters.get('Path') or '/'}{parameters['PolicyName']}")]
    listed = {"ListUsers": "user/", "ListRoles": "role/", "ListGroups": "group/", "ListPolicies": "policy/"}
    if action in listed:
        return [place.global_arn("iam", listed[action])]
    return None


@finder("sts")
def _sts(place: Place, action: str, call: Call) -> list[str] | None:
    if action.startswith("AssumeRole"):
        return [call.parameters["RoleArn"]]
    if action == "GetFederationToken":
        return [place.global_arn("sts", f"federated-user/{call.parameters['Name']}")]
    return EVERYTHING


@finder("s3")
def _s3(place: Place, action: str, call: Call) -> list[str] | None:
    path = unquote(call.path).lstrip("/")
    return [f"arn:{place.partition}:s3:::{path.rstrip('/')}"] if path else EVERYTHING


@finder("sqs")
def _sqs(place: Place, action: str, call: Call) -> list[str] | None:
    parameters = call.parameters
    name = parameters.get("QueueName") or str(parameters.get("QueueUrl", "")).rstrip("/").rpartition("/")[2]
    return [place.arn("sqs", name)] if name else EVERYTHING


@finder("dynamodb")
def _dynamodb(place: Place, action: str, call: Call) -> list[str] | None:
    names = [call.parameters["TableName"]] if call.parameters.get("TableName") else list(
        call.parameters.get("RequestItems") or [])
    tables = [name if name.startswith("arn:") else place.arn("dynamodb", f"table/{name}") for name in names]
    index = call.parameters.get("IndexName")
    return [f"{table}/index/{index}" if index else table for table in tables] or EVERYTHING


@finder("kms")
def _kms(place: Place, action: str, call: Call) -> list[str] | None:
    name = str(call.parameters.get("KeyId") or "")
    if name.startswith("arn:"):
        return [name]
    return [place.arn("kms", name if name.startswith("alias/") else f"key/{name}")] if name else EVERYTHING


EC2_ORDERS = {"FleetIds": "fleet", "SpotFleetRequestIds": "spot-fleet-request", "SpotInstanceRequestIds": "spot-instances-request"}
EC2_LAUNCHES = ("RunInstances", "CreateFleet", "RequestSpotInstances", "RequestSpotFleet")


@finder("ec2")
def _ec2(place: Place, action: str, call: Call) -> list[str] | None:
    parameters = call.parameters
    if action.startswith("Describe") and action != "DescribeInstanceAttribute":
        return EVERYTHING
    if action in EC2_LAUNCHES:
        return [place.arn("ec2", "instance/*")]
    for parameter, kind in EC2_ORDERS.items():
        if parameters.get(parameter):
            return [place.arn("ec2", f"{kind}/{name}") for name in parameters[parameter]]
    if action in ("CreateTags", "DeleteTags"):
        kinds = {"i": "instance", "vol": "volume", "sg": "security-group", "snap": "snapshot", "eni":
                 "network-interface", "lt": "launch-template", "vpc": "vpc", "subnet": "subnet", "ami": "image"}
        found = [(kinds.get(name.partition("-")[0]), name) for name in parameters["Resources"]]
        return [place.arn("ec2", f"{kind}/{name}") for kind, name in found] if all(k for k, _ in found) else None
    instances = parameters.get("InstanceIds") or [parameters[n] for n in ("InstanceId",) if parameters.get(n)]
    if instances:
        return [place.arn("ec2", f"instance/{name}") for name in instances]
    template = parameters.get("LaunchTemplateId")
    return [place.arn("ec2", f"launch-template/{template}")] if template else None


@finder("autoscaling")
def _autoscaling(place: Place, action: str, call: Call) -> list[str] | None:
    parameters = call.parameters
    if action.startswith("Describe"):
        return EVERYTHING
    groups = autoscaling_backends[place.account][place.region].autoscaling_groups
    names = [parameters["AutoScalingGroupName"]] if parameters.get("AutoScalingGroupName") else []
    names = names or [tag["ResourceId"] for tag in parameters.get("Tags") or []]
    if not names and parameters.get("InstanceId"):
        names = [group.name for group in groups.values()
                 if any(state.instance.id == parameters["InstanceId"] for state in group.instance_states)]
    known = [groups[name].arn if name in groups
             else place.arn("autoscaling", f"autoScalingGroup:*:autoScalingGroupName/{name}") for name in names]
    return known or None


@finder("ecs")
def _ecs(place: Place, action: str, call: Call) -> list[str] | None:
    parameters = call.parameters
    if action in ("ListClusters", "CreateCluster", "ListTaskDefinitions", "RegisterTaskDefinition",
                  "DeregisterTaskDefinition", "ListTaskDefinitionFamilies", "DescribeTaskDefinition"):
        return EVERYTHING
    cluster = str(parameters.get("cluster") or parameters.get("clusterName") or "default").rpartition("/")[2]

    def named(kind: str, values: list[str]) -> list[str]:
        return [value if value.startswith("arn:") and value.count("/") == 2 else
                place.arn("ecs", f"{kind}/{cluster}/{value.rpartition('/')[2]}") for value in values]

    if action == "DescribeClusters":
        names = parameters.get("clusters") or ["default"]
        return [place.arn("ecs", f"cluster/{name.rpartition('/')[2]}") for name in names]
    if action in ("RunTask", "StartTask"):
        definition = parameters["taskDefinition"]
        return [definition if definition.startswith("arn:") else place.arn("ecs", f"task-definition/{definition}")]
    if action == "DeleteTaskDefinitions":
        return [name if name.startswith("arn:") else place.arn("ecs", f"task-definition/{name}")
                for name in parameters["taskDefinitions"]]
    if action == "StopTask":
        return named("task", [parameters["task"]])
    if action in ("ListServices", "ListTasks"):
        return EVERYTHING
    if action == "DescribeTasks":
        return named("task", parameters["tasks"])
    # Service Authorization Reference, "Actions defined by Amazon Elastic Container Service".
    if action == "DeregisterContainerInstance":
        return [place.arn("ecs", f"cluster/{cluster}")]
    if action == "DeleteTaskSet":
        service, task_set = (str(parameters[name]).rpartition("/")[2] for name in ("service", "taskSet"))
        return [place.arn("ecs", f"task-set/{cluster}/{service}/{task_set}")]
    if parameters.get("capacityProvider"):
        return [place.arn("ecs", f"capacity-provider/{str(parameters['capacityProvider']).rpartition('/')[2]}")]
    services = parameters.get("services") or [parameters.get("service") or parameters.get("serviceName")]
    if services[0]:
        return named("service", services)
    if parameters.get("containerInstance"):
        return named("container-instance", [parameters["containerInstance"]])
    return [place.arn("ecs", f"cluster/{cluster}")]


@finder("lambda")
def _lambda(place: Place, action: str, call: Call) -> list[str] | None:
    name = call.parameters.get("FunctionName")
    if not name:
        return EVERYTHING if action.startswith(("List", "GetAccount")) else None
    name = str(name)
    return [name if name.startswith("arn:") else place.arn("lambda", f"function:{name.rpartition('function:')[2]}")]
