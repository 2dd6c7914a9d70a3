"""CloudFormation: templates make what they say, by the APIs of the services, and what they cannot make is told."""

import sys
import threading
import warnings
from typing import Any

from moto.cloudformation import parsing
from moto.cloudformation.models import ChangeSet, CloudFormationBackend, Stack
from moto.cloudformation.parsing import ResourceMap

from .. import provisioning
from ..corrections import add, correction, wrap
from ..identity.conditions import as_list
from ..provisioning.kinds import KINDS, Cloud, Kind, Made
from ..state import STATE

GUIDE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/"
ACTING = threading.local()
NOTHING = "AWS::CDK::Metadata"  # only tells AWS which constructs were used
GONE = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_COMPLETE", "DELETE_FAILED")
KEEPING = ("Retain", "RetainExceptOnCreate", "Snapshot")


class StackFailure(Exception):
    """Some of a stack's resources could not be deleted; the text says which and why."""


class Provisioned:
    """A resource that was made by the API of its service; what moto's parser wants of a resource."""

    type_name = "AWS::CloudFormation::CustomResource"

    def __init__(self, made: Made) -> None:
        self.made = made
        self.type = self.cf_resource_type = self.type_name
        self.logical_resource_id = ""

    @classmethod
    def cloudformation_type(cls) -> str:
        """The type in templates."""
        return cls.type_name

    @classmethod
    def kind(cls) -> Kind:
        """How it is made."""
        return KINDS[cls.type_name]

    @property
    def physical_resource_id(self) -> str:
        """What Ref gives."""
        return self.made.id

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        """Whether an attribute exists is known when it is asked for."""
        return True

    def get_cfn_attribute(self, name: str) -> Any:
        """What Fn::GetAtt gives."""
        if name not in self.made.attributes:
            raise parsing.ValidationError(
                message=f"The emulator knows no attribute {name} of {self.type_name}. It knows: "
                        f"{', '.join(sorted(self.made.attributes)) or 'none'}.")
        return self.made.attributes[name]

    def is_created(self) -> bool:
        """It is, or there would have been an error."""
        return True

    @classmethod
    def create_from_cloudformation_json(cls, resource_name: str, cloudformation_json: dict[str, Any],
                                        account_id: str, region_name: str, **kwargs: Any) -> "Provisioned":
        """Makes it."""
        stack = kwargs["StackId"].split("/")[-2]
        properties = cloudformation_json["Properties"]
        name = cls.kind().name(properties, stack, kwargs["LogicalId"])
        made = cls.kind().make(_cloud(account_id, region_name), name, properties)
        made.properties = properties
        return cls(made)

    @classmethod
    def update_from_cloudformation_json(cls, original_resource: "Provisioned", new_resource_name: str,
                                        cloudformation_json: dict[str, Any], account_id: str,
                                        region_name: str) -> "Provisioned":
        """Changes it; replaces it where its name has changed."""
        kind, cloud, properties = cls.kind(), _cloud(account_id, region_name), cloudformation_json["Properties"]
        former = original_resource.made
        renamed = kind.name_property and properties.get(kind.name_property) != former.properties.get(kind.name_property)
        if renamed or kind.change is None:
            name = properties.get(kind.name_property) or new_resource_name
            made = kind.make(cloud, name, properties)
            if renamed and kind.unmake:
                kind.unmake(cloud, former, former.properties)
        else:
            made = kind.change(cloud, former, properties)
        made.properties = properties
        return cls(made)

    def delete(self, account_id: str, region_name: str) -> None:
        """Deletes it."""
        if self.kind().unmake:
            self.kind().unmake(_cloud(account_id, region_name), self.made, self.made.properties)


def _cloud(account: str, region: str) -> Cloud:
    return Cloud(account, region, getattr(ACTING, "role", None))


def _made_by_api() -> dict[str, type[Provisioned]]:
    provisioning.load()
    return {name: type(name.rpartition(":")[2], (Provisioned,), {"type_name": name}) for name in KINDS}


@correction(
    "cloudformation.resources",
    stock="passes over resource types and properties that it does not know, without a word, and fails on a rule that "
          "refers to its bus",
    aws="makes what the template says with the rights of the stack's role; the emulator tells what it left out at "
        "/rk/left-out",
    page=GUIDE + "template-anatomy.html",
)
def resources() -> None:
    """A deployed rule without its bus policy, or a function without its environment, proves nothing."""
    classes = _made_by_api()

    @wrap(parsing)
    def resource_class_from_type(original: Any, resource_type: str) -> Any:
        return classes.get(resource_type) or original(resource_type)

    @wrap(parsing)
    def parse_and_create_resource(original: Any, logical_id: str, resource_json: dict[str, Any], resources_map: Any,
                                  account_id: str, region_name: str) -> Any:
        for other in as_list(resource_json.get("DependsOn") or []):
            resources_map[other]  # moto forgets these of a resource that is made because another refers to it
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is left out is told at /rk/left-out
            made = original(logical_id, resource_json, resources_map, account_id, region_name)
        condition = resource_json.get("Condition")
        wanted = not condition or resources_map.lazy_condition_map[condition]
        if made is None and wanted and resource_json["Type"] not in (NOTHING, *parsing.NULL_MODELS):
            entry = {"account": account_id, "region": region_name, "stack": resources_map["AWS::StackName"],
                     "resource": logical_id, "type": resource_json["Type"]}
            if entry not in STATE.left_out:
                STATE.left_out.append(entry)
        return made

    @add(ResourceMap)
    def values(self: Any) -> list[Any]:
        # moto makes what it is asked to list and has not made.
        made = (self._parsed_resources.get(name) for name in self._resource_json_map)
        return [resource for resource in made if resource is not None]

    for owner, name in ((Stack, "create_resources"), (Stack, "update"), (Stack, "delete"), (ChangeSet, "apply")):
        _act_as_its_role(owner, name)


def _act_as_its_role(owner: Any, name: str) -> None:
    @wrap(owner, name)
    def acting(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        former = getattr(ACTING, "role", None)
        ACTING.role = kwargs.get("role_arn") or self.role_arn
        try:
            return original(self, *args, **kwargs)
        finally:
            ACTING.role = former


@correction(
    "cloudformation.deletion",
    stock="deletes in no order, knows the deletion policy Retain but no other that keeps a resource, and loses a stack "
          "that it could not delete",
    aws="deletes in the reverse order of making, keeps resources with RetainExceptOnCreate too, and ends with "
        "DELETE_FAILED where something could not be deleted",
    page="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html",
)
def deletion() -> None:
    """Evidence must outlive the stack, and a bus cannot go before its rules."""

    @add(ResourceMap)
    def delete(self: Any) -> None:
        failures = []
        # A resource is entered after those that it refers to.
        for name, resource in reversed(list(self._parsed_resources.items())):
            source = self._resource_json_map.get(name)
            if source is None or resource is None or source.get("DeletionPolicy") in KEEPING:
                continue
            try:
                self._delete_resource(resource, source)
                del self._parsed_resources[name]
            except Exception as error:  # whatever a service answers; the others go all the same
                failures.append(f"{name}: {error}")
        if failures:
            raise StackFailure("; ".join(failures))

    @wrap(CloudFormationBackend)
    def delete_stack(original: Any, self: Any, name_or_stack_id: str) -> None:
        stack = next((one for one in self.stacks.values() if name_or_stack_id in (one.name, one.stack_id)), None)
        try:
            original(self, name_or_stack_id)
        except StackFailure as failure:
            self.stacks[stack.stack_id] = stack
            stack._add_stack_event("DELETE_FAILED", resource_status_reason=str(failure))
            stack.status = "DELETE_FAILED"


@correction(
    "cloudformation.rollback",
    stock="leaves a stack that failed as if it were still being made, with what it had made by then",
    aws="says why, deletes what was made, and ends with ROLLBACK_COMPLETE",
    page=GUIDE + "stack-failure-options.html",
)
def rollback() -> None:
    """Whoever deploys must read why it failed, and be able to try again."""

    @wrap(Stack)
    def create_resources(original: Any, self: Any) -> None:
        try:
            original(self)
        except Exception as error:  # whatever a service answers
            _roll_back(self, error)

    outputs = Stack.outputs.fget
    # Asking for them would make anew what they refer to.
    Stack.outputs = property(lambda self: [] if self.status in GONE else outputs(self))

    @wrap(CloudFormationBackend)
    def execute_change_set(original: Any, self: Any, change_set_name: str, stack_name: str | None = None) -> None:
        named = [one for arn, one in self.change_sets.items() if change_set_name in (arn, one.change_set_name)]
        try:
            original(self, change_set_name, stack_name)
        except Exception as error:  # whatever a service answers
            if not named or named[-1].change_set_type != "CREATE":
                raise
            _roll_back(self.stacks[named[-1].stack_id], error)


def _roll_back(stack: Any, error: Exception) -> None:
    print(f"stack {stack.name} failed: {error!r}", file=sys.stderr, flush=True)
    stack._add_stack_event("ROLLBACK_IN_PROGRESS", resource_status_reason=f"{error}")
    try:
        stack.resource_map.delete()
        end, reason = "ROLLBACK_COMPLETE", None
    except Exception as failure:  # whatever a service answers
        end, reason = "ROLLBACK_FAILED", f"{failure}"
    stack._add_stack_event(end, resource_status_reason=reason)
    stack.status = end
