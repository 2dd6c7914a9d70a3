"""Whether an AWS service may reach a resource: its own policy, or the role that it was given.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
"""

import json
from typing import Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import lambda_backends
from moto.events.models import events_backends
from moto.sns import sns_backends
from moto.sqs import sqs_backends
from moto.utilities.arns import parse_arn

from ..state import STATE
from .conditions import as_list, hold
from .organizations import organization_of
from .policies import ALLOW, DENY, decide, names_action, statements
from .propagation import PROPAGATION

EVENTS = "events.amazonaws.com"
ACTIONS = {"sqs": "sqs:SendMessage", "sns": "sns:Publish", "lambda": "lambda:InvokeFunction",
           "events": "events:PutEvents", "states": "states:StartExecution"}


class NotPermitted(Exception):
    """A service may not do what it was asked to; the text says what is missing."""


def demand_delivery(rule: Any, target: dict[str, Any]) -> None:
    """Returns if EventBridge may deliver for a rule to a target, where IAM is enforced; raises NotPermitted otherwise."""
    arn = parse_arn(target["Arn"])
    action = ACTIONS.get(arn.service)
    if action is None or not STATE.enforcement.on_for(arn.account):
        return
    role = target.get("RoleArn")
    context = {"aws:sourcearn": rule.arn, "aws:sourceaccount": rule.account_id, "aws:securetransport": "true",
               "aws:principalaccount": rule.account_id}
    if role:
        demand_role(role, EVENTS, action, target["Arn"], context)
    if arn.service == "events":
        if arn.account != rule.account_id:
            _demand_bus(arn, action, target["Arn"], rule.account_id, role, context)
        return
    if arn.service == "states":
        if not role:
            raise NotPermitted("a state machine is started with a role, and the target has no RoleArn")
        return
    if not role and not service_may(policy_of(arn, target["Arn"]), EVENTS, action, target["Arn"], context):
        raise NotPermitted(f"the policy of {target['Arn']} does not let {EVENTS} perform {action} for {rule.arn}")


def demand_role(role_arn: str, service: str, action: str, resource: str, context: dict[str, Any]) -> None:
    """Returns if a service may take a role, and the role may perform the action; raises NotPermitted otherwise."""
    account, name = role_arn.split(":")[4], role_arn.rpartition("/")[2]
    role = PROPAGATION.view(account, "aws").role(name)
    if role is None or role.arn != role_arn:
        raise NotPermitted(f"there is no role {role_arn}")
    if not service_may(role.trust, service, "sts:AssumeRole", None, context):
        raise NotPermitted(f"{role_arn} does not trust {service}")
    if decide(role.grants.documents, action, [resource], context) != ALLOW:
        raise NotPermitted(f"{role_arn} is not allowed to perform {action} on {resource}")


def service_may(document: str | None, service: str, action: str, resource: str | None, context: dict[str, Any]) -> bool:
    """Whether a resource's policy lets a service perform an action."""
    if not document:
        return False
    own = [one for one in statements(document) if _names_service(one.get("Principal"), service)]
    if resource is None:  # a trust policy names no resource
        found = {one["Effect"] for one in own if names_action(one, action) and hold(one.get("Condition"), context)}
        return found == {"Allow"}
    return decide([json.dumps({"Statement": own})], action, [resource], context) == ALLOW


def _names_service(principal: Any, service: str) -> bool:
    return principal == "*" or isinstance(principal, dict) and (
        service in as_list(principal.get("Service", [])) or principal.get("AWS") == "*")


def policy_of(arn: Any, text: str) -> str | None:
    """The policy of a queue, topic or function."""
    if arn.service == "sqs":
        queue = sqs_backends[arn.account][arn.region].queues.get(arn.resource_id)
        policy = queue.policy if queue else None
    elif arn.service == "sns":
        topic = sns_backends[arn.account][arn.region].topics.get(text)
        policy = topic.policy if topic else None
    else:
        try:
            policy = json.loads(lambda_backends[arn.account][arn.region].get_policy(text))["Policy"]
        except LambdaClientError:  # it has none
            policy = None
    return policy if policy is None or isinstance(policy, str) else json.dumps(policy)


def _demand_bus(arn: Any, action: str, bus_arn: str, account: str, role: str | None, context: dict[str, Any]) -> None:
    bus = events_backends[arn.account][arn.region].describe_event_bus(arn.resource_id)
    organization = organization_of(account)
    if organization:
        context = {**context, "aws:principalorgid": organization}
    callers = {account, f"arn:aws:iam::{account}:root", "*", *([role] if role else [])}
    own = [one for one in statements(bus.policy or '{"Statement":[]}') if _names_caller(one.get("Principal"), callers)]
    verdict = decide([json.dumps({"Statement": own})], action, [bus_arn], context)
    if verdict != ALLOW:
        denied = "denies" if verdict == DENY else "does not let"
        raise NotPermitted(f"the policy of {bus_arn} {denied} account {account} {action}")


def _names_caller(principal: Any, callers: set[str]) -> bool:
    named = as_list(principal.get("AWS", [])) if isinstance(principal, dict) else as_list(principal)
    return bool(callers & set(named))
