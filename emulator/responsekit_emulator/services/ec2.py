"""EC2: termination and stop protection, states, idempotency, paging, filters, regions."""

from typing import Any

from moto.ec2.exceptions import InvalidParameterCombination
from moto.ec2.models.core import TaggedEC2Resource
from moto.ec2.models.instances import InstanceBackend
from moto.ec2.responses.instances import InstanceResponse
from moto.ec2.utils import EC2_PREFIX_TO_RESOURCE, get_prefix

from ..corrections import add, correction, wrap
from .errors import Ec2Error

GUIDE = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/"
API = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"
ENDING = ("terminated", "shutting-down")


def is_true(value: Any) -> bool:
    """Flags come as booleans or as text."""
    return str(value).lower() == "true"


@correction(
    "ec2.launch-protection",
    stock="drops DisableApiTermination from RunInstances and launch templates",
    aws="protects instances launched with it, whether by request, launch template or Auto Scaling group",
    page=API + "API_RunInstances.html",
)
def launch_protection() -> None:
    """Attackers set the flag in the launch template, so that no ModifyInstanceAttribute is ever seen."""

    @wrap(InstanceBackend)
    def run_instances(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        reservation = original(self, *args, **kwargs)
        template = kwargs.get("launch_template")
        data = self._get_template_from_args(template).data if template else {}
        for instance in reservation.instances:
            instance.disable_api_termination = is_true(data.get("DisableApiTermination"))
            instance.disable_api_stop = is_true(instance.disable_api_stop) or is_true(data.get("DisableApiStop"))
        return reservation

    @wrap(InstanceResponse, "run_instances")
    def answer(original: Any, self: Any) -> Any:
        result = original(self)
        asked = self._get_param("DisableApiTermination")
        if asked is not None:
            for instance in result.result.instances:
                instance.disable_api_termination = is_true(asked)
        return result


def protected(instance: Any) -> bool:
    """True if the API may not terminate the instance: stop protection guards against that as well."""
    held = is_true(instance.disable_api_termination) or is_true(instance.disable_api_stop)
    return held and instance.state not in ENDING


@correction(
    "ec2.terminate-per-zone",
    stock="terminates what stands before the first protected instance of a batch; ignores stop protection",
    aws="spares every instance in the zone of a protected one, terminates those in other zones, and reports the error",
    page=API + "API_TerminateInstances.html",
)
def terminate_per_zone() -> None:
    """One protected instance saves its whole zone's batch; responders must un-protect first or split batches."""

    @add(InstanceBackend)
    def terminate_instances(self: Any, instance_ids: list[str]) -> list[Any]:
        if not instance_ids:
            raise InvalidParameterCombination("No instances specified")
        if len(instance_ids) > 1000:
            raise Ec2Error("InvalidParameterValue", "The maximum number of instance IDs per request is 1000.")
        instances = self.get_multi_instances_by_id(list(dict.fromkeys(instance_ids)))
        held = [instance for instance in instances if protected(instance)]
        spared = {zone_of(instance) for instance in held}
        ended = [(instance, instance.terminate()) for instance in instances if zone_of(instance) not in spared]
        if held:
            attribute = "disableApiTermination" if is_true(held[0].disable_api_termination) else "disableApiStop"
            raise Ec2Error(
                "OperationNotPermitted",
                f"The instance '{held[0].id}' may not be terminated. Modify its '{attribute}' instance attribute "
                "and try again.",
            )
        return ended


def zone_of(instance: Any) -> str:
    """The Availability Zone of an instance."""
    return str(getattr(instance, "placement", None) or "")


@correction(
    "ec2.states",
    stock="stops and starts terminated instances, and stops those that stand before a stop-protected one",
    aws="refuses with IncorrectInstanceState, and stops all or none",
    page=GUIDE + "ec2-instance-lifecycle.html",
)
def states() -> None:
    """Otherwise a terminated miner could be brought back, and a test would not notice."""

    @add(InstanceBackend)
    def stop_instances(self: Any, instance_ids: list[str]) -> list[Any]:
        instances = self.get_multi_instances_by_id(instance_ids)
        for instance in instances:
            if is_true(instance.disable_api_stop):
                raise Ec2Error(
                    "OperationNotPermitted",
                    f"The instance '{instance.id}' may not be stopped. Modify its 'disableApiStop' instance "
                    "attribute and try again.",
                )
            _require_alive(instance, "stopped")
        return [(instance, instance.stop()) for instance in instances]

    @wrap(InstanceBackend)
    def start_instances(original: Any, self: Any, instance_ids: list[str]) -> Any:
        for instance in self.get_multi_instances_by_id(instance_ids):
            _require_alive(instance, "started")
        return original(self, instance_ids)


def _require_alive(instance: Any, verb: str) -> None:
    if instance.state in ENDING:
        raise Ec2Error("IncorrectInstanceState",
                       f"The instance '{instance.id}' is not in a state from which it can be {verb}.")


@correction(
    "ec2.client-tokens",
    stock="launches again when RunInstances is repeated with the same ClientToken",
    aws="answers a repeated ClientToken with the reservation that it made the first time, and refuses other parameters",
    page="https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-idempotency.html",
)
def client_tokens() -> None:
    """SDK retries carry the same token."""

    @wrap(InstanceBackend)
    def run_instances(original: Any, self: Any, image_id: Any, count: int, *args: Any, **kwargs: Any) -> Any:
        token = kwargs.get("client_token")
        made = self.__dict__.setdefault("rk_client_tokens", {})
        asked = (image_id, count, kwargs.get("instance_type"), kwargs.get("subnet_id"))
        if token in made and made[token][0] != asked:
            raise Ec2Error("IdempotentParameterMismatch", "The request uses the same client token as a previous, but "
                           "non-identical request. Do not reuse a client token with different requests.")
        if token in made:
            return made[token][1]
        reservation = original(self, image_id, count, *args, **kwargs)
        if token and token != "ABCDE":  # moto's default for "no token"
            made[token] = asked, reservation
        return reservation


@correction(
    "ec2.fast-tags",
    stock="searches every tag of the region for each instance described (999 instances: 16 s)",
    aws="answers DescribeInstances of a thousand instances within seconds",
    page=API + "API_DescribeInstances.html",
)
def fast_tags() -> None:
    """Tags are filed by resource already."""

    @add(TaggedEC2Resource)
    def get_tags(self: Any) -> list[dict[str, str]]:
        if not self.id:
            return []
        kind = EC2_PREFIX_TO_RESOURCE.get(get_prefix(self.id), "")
        tags = self.ec2_backend.tags.get(self.id, {}).copy()
        return [{"resource_id": self.id, "key": key, "value": value, "resource_type": kind}
                for key, value in tags.items()]


@correction(
    "ec2.launch-count",
    stock="launches MinCount instances",
    aws="launches as many as it can up to MaxCount, and refuses more than the minimum allows",
    page=API + "API_RunInstances.html",
)
def launch_count() -> None:
    """The cost of an attack is in MaxCount."""

    @wrap(InstanceResponse)
    def run_instances(original: Any, self: Any) -> Any:
        least, most = (int(self._get_param(name) or 0) for name in ("MinCount", "MaxCount"))
        if least < 1 or most < least:
            raise Ec2Error("InvalidParameterValue", f"Value ({most}) for parameter maxCount is invalid. It must be "
                           "at least minCount, which must be at least 1.")
        self.params["MinCount"] = most
        return original(self)


# Attribute names of ModifyInstanceAttribute, and the parameters that set the same.
ATTRIBUTES = ("InstanceType", "Kernel", "Ramdisk", "UserData", "DisableApiTermination", "DisableApiStop",
              "InstanceInitiatedShutdownBehavior", "SourceDestCheck", "EbsOptimized", "SriovNetSupport", "EnaSupport",
              "Groups", "BlockDeviceMappings")
FLAGS = {"disableApiTermination", "disableApiStop", "sourceDestCheck", "ebsOptimized"}
SETTABLE = FLAGS | {"instanceType", "kernel", "ramdisk", "userData", "instanceInitiatedShutdownBehavior",
                    "groupSet", "sriovNetSupport", "enaSupport", "blockDeviceMapping", "enaSrdEnabled"}


@correction(
    "ec2.modify-attribute",
    stock="applies the first of several attributes in silence, stores flags as text, and takes any attribute name",
    aws="takes one attribute per call and refuses unknown names and values",
    page=API + "API_ModifyInstanceAttribute.html",
)
def modify_attribute() -> None:
    """Termination and stop protection take two calls; a script that tries with one must fail here too."""

    @wrap(InstanceResponse)
    def modify_instance_attribute(original: Any, self: Any) -> Any:
        given = [name for name in ATTRIBUTES if self._get_param(name) is not None]
        name, value = self._get_param("Attribute"), self._get_param("Value")
        if len(given) + (name is not None) > 1:
            every = ", ".join(filter(None, [*given, name]))
            raise Ec2Error("InvalidParameterCombination", f"Fields for multiple attribute types specified: {every}")
        if name is not None and name not in SETTABLE:
            raise Ec2Error("InvalidParameterValue", f"Value ({name}) for parameter attribute is invalid. Unknown "
                           "attribute.")
        if name in FLAGS and str(value).lower() not in ("true", "false"):
            raise Ec2Error("InvalidParameterValue", f"Value ({value}) for parameter value is invalid. Invalid boolean "
                           "value")
        result = original(self)
        if name in FLAGS:
            instance = self.ec2_backend.get_instance(self._get_param("InstanceId"))
            attribute = "".join("_" + c.lower() if c.isupper() else c for c in name)
            setattr(instance, attribute, is_true(value))
        return result
