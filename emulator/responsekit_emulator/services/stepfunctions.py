"""Step Functions: executions run, and more than once."""

import copy
import uuid
from typing import Any

from moto.core import config
from moto.stepfunctions.models import StateMachine
from moto.stepfunctions.parser.models import StepFunctionsParserBackend

from ..corrections import add, correction, wrap

API = "https://docs.aws.amazon.com/step-functions/latest/apireference/"


@correction(
    "stepfunctions.executions",
    stock="leaves executions running for ever unless told to run them; fails on the second one; names all `None`",
    aws="runs each execution, and makes up a name for one without",
    page=API + "API_StartExecution.html",
)
def executions() -> None:
    """The second StartExecution copies a lock, which cannot be copied."""
    config.default_user_config["stepfunctions"]["execute_state_machine"] = True

    @add(StateMachine)
    def __deepcopy__(self: Any, memo: Any) -> Any:
        duplicate = copy.copy(self)
        duplicate.executions = []
        return duplicate

    @wrap(StepFunctionsParserBackend)
    def start_execution(original: Any, self: Any, state_machine_arn: str, name: str | None = None,
                        execution_input: Any = None, trace_header: str | None = None) -> Any:
        return original(self, state_machine_arn, name or str(uuid.uuid4()), execution_input)
