"""Step Functions: executions run, more than once, and as their own role."""

import copy
import functools
import sys
import time
import uuid
from typing import Any

import boto3
from botocore.config import Config
from moto.core import config
from moto.settings import moto_server_port
from moto.stepfunctions.models import StateMachine
from moto.stepfunctions.parser.asl.component.state.wait.wait_function.wait_function import WaitFunction
from moto.stepfunctions.parser.models import StepFunctionsParserBackend

from ..corrections import add, correction, wrap
from ..identity.sessions import ROLE, open_session
from ..state import STATE
from .sts import ROLE_ARN, role_session_fields

API = "https://docs.aws.amazon.com/step-functions/latest/apireference/"
GUIDE = "https://docs.aws.amazon.com/step-functions/latest/dg/"
LONGEST_SECONDS = 99_999
SESSION_SECONDS = 3600


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

    @add(WaitFunction)
    def _wait_interval(self: Any, env: Any, wait_seconds: int) -> None:
        end = time.monotonic() + wait_seconds * STATE.wait_share.of(env.aws_execution_details.account)
        while env.is_running() and time.monotonic() < end:
            env.program_state_event.wait(max(0.0, end - time.monotonic()))

    @wrap(StepFunctionsParserBackend)
    def start_execution(original: Any, self: Any, state_machine_arn: str, name: str | None = None,
                        execution_input: Any = None, trace_header: str | None = None) -> Any:
        return original(self, state_machine_arn, name or str(uuid.uuid4()), execution_input)


@functools.lru_cache(maxsize=200)
def role_client(region: str, service: str, role: str, generation: int) -> Any:
    """A client with a session of the machine's role. `generation` makes a new one before the session ends."""
    partition, account, _ = ROLE_ARN.fullmatch(role).groups()
    session = open_session(ROLE, account, partition, SESSION_SECONDS,
                           **role_session_fields(role, f"execution-{generation}"))
    return boto3.client(
        service, region_name=region, endpoint_url=f"http://127.0.0.1:{moto_server_port()}",
        aws_access_key_id=session.key, aws_secret_access_key=session.secret, aws_session_token=session.token,
        config=Config(parameter_validation=False, retries={"max_attempts": 0, "total_max_attempts": 1},
                      connect_timeout=LONGEST_SECONDS, read_timeout=LONGEST_SECONDS))


@correction(
    "stepfunctions.execution-role",
    stock="makes every call of a task in the default account, with a key that belongs to nobody",
    aws="makes them with a session of the state machine's role, in its account",
    page=GUIDE + "procedure-create-iam-role.html",
)
def execution_role() -> None:
    """Otherwise a machine in any other account finds none of its functions."""
    from moto.stepfunctions.parser.asl.utils import boto_client

    original = boto_client.boto_client_for

    def boto_client_for(region: str, service: str, state_credentials: Any = None) -> Any:
        role = getattr(state_credentials, "role_arn", None)
        if not role or not ROLE_ARN.fullmatch(role):
            return original(region, service, state_credentials)
        return role_client(region, service, role, int(time.time() / (SESSION_SECONDS / 2)))

    for name, module in list(sys.modules.items()):
        if name.startswith("moto.stepfunctions.parser") and getattr(module, "boto_client_for", None) is original:
            module.boto_client_for = boto_client_for
