"""Journal entries for calls that an AWS service makes with its service-linked role.

https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html
"""

import time
from typing import Any

from moto.core.utils import utcnow

from ..identity.principals import SESSION, Principal
from ..identity.sessions import ROLE, Session
from ..state import STATE

MAXIMUM_IDS = 500


def record_scaling_call(group: Any, action: str, instances: list[Any]) -> None:
    """Notes that Auto Scaling launched or terminated instances: CloudTrail shows these with `invokedBy`."""
    if not instances:
        return
    ids = [instance.id for instance in instances]
    if action == "RunInstances":
        params: dict[str, Any] = {"ImageId": instances[0].image_id, "InstanceType": instances[0].instance_type,
                                  "MinCount": len(ids), "MaxCount": len(ids)}
        items = "".join(f"<item><instanceId>{name}</instanceId></item>" for name in ids[:MAXIMUM_IDS])
        response = f"<RunInstancesResponse><instancesSet>{items}</instancesSet></RunInstancesResponse>".encode()
    else:
        params, response = {"InstanceIds": ids}, None
    service = "autoscaling.amazonaws.com"
    principal = service_linked_principal(group.account_id, service, "AWSServiceRoleForAutoScaling", "AutoScaling")
    STATE.journal.append_later(
        t=time.time(), ms=0.0, account=group.account_id, region=group.region, service="ec2", action=action, key=None,
        principal=principal.arn, status=200, error=None, message=None, params=params, ip=service, agent=service,
        identity=principal, response=response, invoked_by=service,
    )


def service_linked_principal(account: str, service: str, role: str, session: str) -> Principal:
    """The session that a service opens on its service-linked role."""
    role_id = "AROASERVICELINKED0000"
    now = utcnow()
    opened = Session(
        key="", secret="", token="", kind=ROLE, account=account, issued=now, expires=now,
        arn=f"arn:aws:sts::{account}:assumed-role/{role}/{session}", user_id=f"{role_id}:{session}",
        role_arn=f"arn:aws:iam::{account}:role/aws-service-role/{service}/{role}", role_name=role, issuer_id=role_id,
    )
    return Principal(SESSION, account, "aws", opened.arn, opened.user_id, None, None, opened)
