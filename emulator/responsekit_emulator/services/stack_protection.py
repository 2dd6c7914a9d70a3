"""CloudFormation: a protected stack is not deleted."""

from typing import Any

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import CloudFormationBackend
from moto.cloudformation.responses import CloudFormationResponse
from moto.core.responses import ActionResult

from ..corrections import add, correction, wrap


@correction(
    "cloudformation.protection",
    stock="keeps EnableTerminationProtection and deletes the stack all the same, and knows no UpdateTerminationProtection",
    aws="refuses to delete a protected stack until its protection is switched off",
    page="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-protect-stacks.html",
)
def protection() -> None:
    """Whoever deletes the stack of ResponseKit must be refused, and seen to be."""

    @wrap(CloudFormationBackend)
    def delete_stack(original: Any, self: Any, name_or_stack_id: str) -> None:
        stack = next((one for one in self.stacks.values() if name_or_stack_id in (one.name, one.stack_id)), None)
        if stack is not None and _is_true(stack.enable_termination_protection):
            raise ValidationError(message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
        original(self, name_or_stack_id)

    @add(CloudFormationResponse)
    def update_termination_protection(self: Any) -> ActionResult:
        stack = self.cloudformation_backend.get_stack(self._get_param("StackName"))
        stack.enable_termination_protection = _is_true(self._get_param("EnableTerminationProtection"))
        return ActionResult({"StackId": stack.stack_id})


def _is_true(value: Any) -> bool:
    return str(value).lower() == "true"
