"""Many calls at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from .harness import code_of
from .test_ecs import EcsTest


def at_once(calls: list[Callable[[], Any]]) -> list[str]:
    """The error codes of calls made in parallel."""
    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(code_of, calls))


class Concurrency(EcsTest):
    """State that holds under parallel calls."""

    def test_a_service_keeps_its_count_while_its_tasks_are_stopped(self) -> None:
        self.cluster()
        self.service(count=20)
        stop = self.ecs.stop_task
        self.assertEqual({"OK"}, set(at_once([lambda arn=arn: stop(cluster="c1", task=arn) for arn in self.tasks()])))
        self.assertEqual(20, len(self.tasks()))

    def test_one_of_many_conditional_writes_succeeds(self) -> None:
        table = self.aws.client("dynamodb")
        table.create_table(TableName="t", BillingMode="PAY_PER_REQUEST",
                           KeySchema=[{"AttributeName": "k", "KeyType": "HASH"}],
                           AttributeDefinitions=[{"AttributeName": "k", "AttributeType": "S"}])
        item = {"k": {"S": "one"}}
        codes = at_once([lambda: table.put_item(TableName="t", Item=item,
                                                ConditionExpression="attribute_not_exists(k)")] * 40)
        self.assertEqual(1, codes.count("OK"))
        self.assertEqual(39, codes.count("ConditionalCheckFailedException"))
