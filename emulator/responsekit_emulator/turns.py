"""One call at a time where moto's state would suffer otherwise.

moto reads, decides and writes without locks. Under parallel calls a service could start one task too many, and two
conditional writes could both succeed. Calls that may wait for something (SQS, Lambda, Step Functions) take no turns.
"""

import contextlib
import threading
from collections import defaultdict
from collections.abc import Iterator

from .calls import Call

# Auto Scaling and ECS reach into EC2, so these three take turns together.
GROUPS = {"ec2": "compute", "ecs": "compute", "autoscaling": "compute", "iam": "iam", "dynamodb": "dynamodb",
          "s3": "s3", "organizations": "organizations"}
GLOBAL = {"iam", "s3", "organizations"}

_guard = threading.Lock()
_locks: dict[tuple[str, str, str], threading.Lock] = defaultdict(threading.Lock)


@contextlib.contextmanager
def taking_turns(call: Call, account: str) -> Iterator[None]:
    """Waits for the turn of a call among those of its account, region and group of services."""
    group = GROUPS.get(call.service or "")
    if group is None:
        yield
        return
    region = "" if group in GLOBAL else call.region or ""
    with _guard:
        lock = _locks[group, account, region]
    with lock:
        yield
