"""Request limits, latency, and faults by chance."""

import time
import unittest
import urllib.error
from collections import Counter
from typing import Any

from botocore.exceptions import BotoCoreError
from responsekit_emulator.calls import Call
from responsekit_emulator.limits import rates
from responsekit_emulator.limits.buckets import Limits
from responsekit_emulator.limits.chance import Weather
from responsekit_emulator.limits.distance import Distance
from werkzeug.datastructures import Headers

from .harness import Account, EmulatorTest, code_of


def call_of(service: str, action: str, region: str = "us-east-1", **parameters: Any) -> Call:
    """A call as the limits see it."""
    call = Call("POST", "/", "", Headers(), b"", b"", "", service=service, action=action, region=region)
    call.__dict__["parameters"] = parameters
    return call


class LimitsTest(EmulatorTest):
    """Token buckets, over HTTP."""

    def test_clusters_can_be_deleted_one_per_second_after_twenty(self) -> None:
        ecs = self.aws.client("ecs")
        self.aws.control("POST", "/rk/limits", enabled=True)
        codes = [code_of(lambda n=n: ecs.create_cluster(clusterName=f"c{n}")) for n in range(40)]
        self.assertEqual(["OK"] * 20, codes[:20])
        self.assertIn("ThrottlingException", codes[20:])

    def test_limits_are_off_at_first(self) -> None:
        ecs = self.aws.client("ecs")
        self.assertEqual({"OK"}, {code_of(lambda n=n: ecs.create_cluster(clusterName=f"c{n}")) for n in range(30)})

    def test_each_rate_says_whether_it_is_published(self) -> None:
        rows = self.aws.emulator.control("GET", "/rk/limits")["rates"]
        self.assertIn({"service": "ecs", "bucket": "cluster-modify", "burst": 20, "per_second": 1, "published": True},
                      rows)
        self.assertEqual({"iam", "autoscaling"}, {row["service"] for row in rows if not row["published"]})


class BucketsTest(unittest.TestCase):
    """Token buckets, by a clock of the test's own."""

    def setUp(self) -> None:
        self.now = 0.0
        self.limits = Limits(lambda: self.now)
        self.limits.enabled.set(True, None)

    def admitted(self, count: int, service: str, action: str, account: str = "1", **more: Any) -> int:
        """How many of so many calls are admitted."""
        return sum(self.limits.admits(call_of(service, action, **more), account) for _ in range(count))

    def test_bursts_and_rates_are_those_published_or_assumed(self) -> None:
        for service, action, burst, per_second in (
                ("ec2", "ModifyInstanceAttribute", 50, 5), ("ec2", "DescribeInstances", 50, 10),
                ("ec2", "CreateTags", 100, 10),
                ("ecs", "DeleteCluster", 20, 1), ("ecs", "StopTask", 100, 40), ("ecs", "UpdateService", 50, 5),
                ("lambda", "PutFunctionConcurrency", 15, 15), ("lambda", "GetPolicy20150331v2", 15, 15),
                ("iam", "PutUserPolicy", 30, 5), ("iam", "GetUser", 100, 20),
                ("autoscaling", "UpdateAutoScalingGroup", 50, 5), ("sts", "AssumeRole", 600, 600)):
            with self.subTest(service=service, action=action):
                self.assertEqual(burst, self.admitted(burst + 10, service, action))
                self.now += 1
                self.assertEqual(per_second, self.admitted(per_second + 10, service, action))

    def test_accounts_regions_and_apis_have_buckets_of_their_own(self) -> None:
        self.assertEqual(50, self.admitted(60, "ec2", "ModifyInstanceAttribute"))
        self.assertEqual(50, self.admitted(60, "ec2", "ModifyInstanceAttribute", region="eu-west-1"))
        self.assertEqual(50, self.admitted(60, "ec2", "ModifyInstanceAttribute", account="2"))
        self.assertEqual(50, self.admitted(60, "ec2", "DeleteFleets"))

    def test_a_category_of_ecs_shares_its_bucket(self) -> None:
        self.assertEqual(20, self.admitted(20, "ecs", "CreateCluster"))
        self.assertEqual(0, self.admitted(1, "ecs", "DeleteCluster"))

    def test_terminating_draws_on_requests_and_resources_and_a_refusal_on_neither(self) -> None:
        self.assertEqual(1, self.admitted(2, "ec2", "TerminateInstances", InstanceIds=["i"] * 1000))
        self.assertEqual(0, self.admitted(300, "ec2", "TerminateInstances", InstanceIds=["i"] * 100))
        self.now = 5.0  # 20 resources per second
        self.assertEqual(1, self.admitted(2, "ec2", "TerminateInstances", InstanceIds=["i"] * 100))

    def test_invocations_are_not_limited_by_rate(self) -> None:
        self.assertEqual([], rates.buckets_of(call_of("lambda", "Invoke")))


class LatencyTest(EmulatorTest):
    """The way that calls take."""

    def test_calls_of_the_account_take_a_round_trip_longer(self) -> None:
        def milliseconds() -> float:
            iam = self.aws.client("iam")
            iam.list_users()
            started = time.monotonic()
            for _ in range(5):
                iam.list_users()
            return (time.monotonic() - started) * 1000

        without = milliseconds()
        self.aws.control("POST", "/rk/latency", enabled=True)
        self.assertGreater(milliseconds(), max(without, 5 * 40 * 0.75))

    def test_jitter_follows_from_the_seed_and_stays_within_its_bounds(self) -> None:
        def drawn(seed: int) -> list[float]:
            distance = Distance()
            distance.set(True, "1", 40, 0.25, seed)
            return [distance.seconds("1") for _ in range(100)]

        self.assertEqual(drawn(3), drawn(3))
        self.assertNotEqual(drawn(3), drawn(4))
        self.assertTrue(all(0.03 <= seconds <= 0.05 for seconds in drawn(3)))
        self.assertEqual(0, Distance().seconds("1"))


class ChanceTest(EmulatorTest):
    """Faults from a seed."""

    def met(self, aws: Account, calls: int = 40) -> list[str]:
        """What each of so many calls came to."""
        iam = aws.client("iam")

        def outcome() -> str:
            try:
                return code_of(iam.list_users)
            except BotoCoreError:
                return "no answer"

        return [outcome() for _ in range(calls)]

    def test_the_same_seed_brings_the_same_faults_and_another_seed_others(self) -> None:
        shares = {"throttle": 0.1, "http500": 0.1, "drop": 0.1, "lost": 0.1, "late500": 0.1}
        met = []
        for seed in (11, 11, 12):
            aws = Account(self.aws.emulator)
            aws.control("POST", "/rk/chance", seed=seed, **shares)
            met.append(self.met(aws))
        self.assertEqual(met[0], met[1])
        self.assertNotEqual(met[0], met[2])
        self.assertEqual({"OK", "Throttling", "InternalFailure", "no answer"}, set(met[0]))

    def test_what_was_injected_is_read_and_can_be_repeated(self) -> None:
        self.aws.control("POST", "/rk/chance", seed=11, throttle=0.3)
        met = self.met(self.aws, 10)
        injected = self.aws.control("GET", "/rk/chance")["injected"]
        self.assertEqual(met.count("Throttling"), len(injected))
        other = Account(self.aws.emulator)
        other.control("POST", "/rk/chance", repeat=injected)
        self.assertEqual(met, self.met(other, 10))
        self.assertEqual(injected, other.control("GET", "/rk/chance")["injected"])

    def test_other_calls_in_between_change_nothing(self) -> None:
        calls = [call_of("iam", "ListUsers")] * 50
        between = [other for call in calls for other in (call, call_of("ec2", "RunInstances"))]

        def met(mixed: list[Call]) -> list[str | None]:
            weather = Weather(seed=5, throttle=0.3)
            return [kind for call, kind in [(call, weather.next_for(call)) for call in mixed] if call.service == "iam"]

        self.assertEqual(met(calls), met(between))

    def test_shares_are_kept(self) -> None:
        weather = Weather(seed=1, throttle=0.1, lost=0.05)
        met = Counter(weather.next_for(call_of("iam", "ListUsers")) for _ in range(4000))
        self.assertAlmostEqual(0.1, met["throttle"] / 4000, delta=0.02)
        self.assertAlmostEqual(0.05, met["lost"] / 4000, delta=0.015)
        self.assertEqual({"throttle", "lost", None}, set(met))

    def test_keys_and_services_that_are_left_out_are_left_alone(self) -> None:
        other = self.aws.user()
        self.aws.control("POST", "/rk/chance", seed=1, throttle=1, services=["iam"], but_keys=[other["AccessKeyId"]])
        self.assertCode("Throttling", self.aws.client("iam").list_users)
        self.assertCode("OK", self.aws.client("sts").get_caller_identity)
        self.assertCode("OK", self.aws.client("iam", other).list_users)
        self.aws.emulator.control("DELETE", f"/rk/chance?account={self.aws.number}")
        self.assertCode("OK", self.aws.client("iam").list_users)

    def test_what_makes_no_sense_is_refused(self) -> None:
        for settings in ({"throttle": 0.7, "drop": 0.7}, {"throttle": -1}, {"storm": 1},
                         {"repeat": [{"service": "iam", "action": "A", "region": "r", "nth": 1, "kind": "storm"}]}):
            with self.subTest(settings=settings), self.assertRaises(urllib.error.HTTPError) as caught:
                self.aws.control("POST", "/rk/chance", **settings)
            self.assertEqual(400, caught.exception.code)
