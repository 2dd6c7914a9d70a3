"""Policy evaluation, without any HTTP."""

import unittest
from typing import Any

from responsekit_emulator.identity.conditions import UnknownOperator, hold
from responsekit_emulator.identity.judge import judge
from responsekit_emulator.identity.policies import ALLOW, DENY, NOTHING, decide
from responsekit_emulator.identity.principals import SESSION, USER, Principal
from responsekit_emulator.identity.sessions import ROLE, Session
from responsekit_emulator.identity.trust import trusted_as

from .harness import policy

ACCOUNT = "111122223333"


class Conditions(unittest.TestCase):
    """Operators and quantifiers."""

    context = {"aws:username": "bob", "aws:sourceip": "203.0.113.7", "n": "5", "t": "2026-01-02T00:00:00Z",
               "flag": "true", "tags": ["a", "b"], "arn": "arn:aws:iam::111122223333:role/x"}

    def check(self, wanted: bool, condition: Any) -> None:
        """Asserts whether a condition holds."""
        self.assertEqual(wanted, hold(condition, self.context), condition)

    def test_operators(self) -> None:
        for wanted, operator, key, value in (
                (True, "StringEquals", "aws:username", ["al", "bob"]), (False, "StringEquals", "aws:username", "Bob"),
                (True, "StringEqualsIgnoreCase", "AWS:UserName", "BOB"), (True, "StringLike", "aws:username", "b?*"),
                (False, "StringNotEquals", "aws:username", ["bob", "x"]), (True, "StringNotLike", "aws:username", "x*"),
                (True, "NumericLessThanEquals", "n", 5), (False, "NumericGreaterThan", "n", "5"),
                (True, "DateLessThan", "t", "2026-01-03T00:00:00Z"), (False, "DateGreaterThan", "t", "1893456000"),
                (True, "Bool", "flag", True), (False, "Bool", "flag", "false"),
                (True, "IpAddress", "aws:sourceip", "203.0.113.0/24"), (False, "NotIpAddress", "aws:sourceip",
                                                                       ["198.51.100.0/24", "203.0.113.7/32"]),
                (True, "ArnLike", "arn", "arn:aws:iam::*:role/*"), (True, "Null", "missing", "true"),
                (False, "Null", "aws:username", "true"), (False, "NumericEquals", "aws:username", "5")):
            self.check(wanted, {operator: {key: value}})

    def test_an_arn_is_matched_part_by_part(self) -> None:
        hostile = {"arn": "arn:aws:iam::111122223333:user/x:role/Responder"}
        for operator in ("ArnLike", "ArnEquals"):
            self.assertFalse(hold({operator: {"arn": "arn:*:iam::*:role/Responder"}}, hostile))
            self.assertTrue(hold({operator: {"arn": "arn:aws:iam::*:user/*"}}, hostile))
        self.assertTrue(hold({"ArnNotLike": {"arn": "arn:aws:iam::*:role/Responder"}}, hostile))
        self.assertTrue(hold({"StringLike": {"arn": "arn:*:iam::*:role/Responder"}}, hostile))

    def test_an_absent_key(self) -> None:
        self.check(False, {"StringEquals": {"missing": "x"}})
        self.check(True, {"StringEqualsIfExists": {"missing": "x"}})
        self.check(True, {"StringNotEquals": {"missing": "x"}})
        self.check(False, {"DateLessThan": {"aws:TokenIssueTime": "2999-01-01T00:00:00Z"}})

    def test_quantifiers(self) -> None:
        for wanted, operator, value in (
                (True, "ForAnyValue:StringEquals", ["a", "z"]), (False, "ForAnyValue:StringEquals", "z"),
                (True, "ForAllValues:StringEquals", ["a", "b", "c"]), (False, "ForAllValues:StringEquals", ["a"]),
                (True, "ForAnyValue:StringNotEquals", ["a"]), (False, "ForAllValues:StringNotEquals", ["a"])):
            self.check(wanted, {operator: {"tags": value}})
        self.check(True, {"ForAllValues:StringEquals": {"missing": ["a"]}})
        self.check(False, {"ForAnyValue:StringEquals": {"missing": ["a"]}})

    def test_several_keys_must_all_hold(self) -> None:
        self.check(False, {"StringEquals": {"aws:username": "bob", "n": "6"}})
        self.check(False, {"StringEquals": {"aws:username": "bob"}, "NumericEquals": {"n": "6"}})

    def test_an_unknown_operator_is_an_error(self) -> None:
        self.assertRaises(UnknownOperator, lambda: hold({"StringSmells": {"n": "x"}}, self.context))


class Decisions(unittest.TestCase):
    """Statements."""

    def check(self, wanted: str, *statements: Any, action: str = "ec2:RunInstances",
              resources: list[str] | None = None) -> None:
        """Asserts what the statements decide."""
        self.assertEqual(wanted, decide([policy(*statements)], action, resources, {"aws:username": "bob"}), statements)

    def test_actions_and_resources(self) -> None:
        allow = {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}
        self.check(ALLOW, allow)
        self.check(NOTHING, allow, action="iam:ListUsers")
        self.check(DENY, allow, {"Effect": "Deny", "Action": "EC2:run*", "Resource": "*"})
        self.check(NOTHING, {"Effect": "Allow", "NotAction": "ec2:*", "Resource": "*"})
        narrow = {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:s3:::b/*"}
        self.check(ALLOW, narrow, resources=["arn:aws:s3:::b/k"])
        self.check(NOTHING, narrow, resources=["arn:aws:s3:::b/k", "arn:aws:s3:::c/k"])
        self.check(DENY, allow, {"Effect": "Deny", "Action": "*", "NotResource": "arn:aws:s3:::b/*"},
                   resources=["arn:aws:s3:::c/k"])

    def test_policy_variables(self) -> None:
        mine = {"Effect": "Allow", "Action": "*", "Resource": "arn:aws:iam::1:user/${aws:username}"}
        self.check(ALLOW, mine, resources=["arn:aws:iam::1:user/bob"])
        self.check(NOTHING, mine, resources=["arn:aws:iam::1:user/eve"])

    def test_an_unknown_resource_is_allowed_but_not_denied_by_arn(self) -> None:
        arn = "arn:aws:x:::y"
        self.check(ALLOW, {"Effect": "Allow", "Action": "*", "Resource": arn})
        self.check(ALLOW, {"Effect": "Allow", "Action": "*", "Resource": "*"},
                   {"Effect": "Deny", "Action": "*", "Resource": arn})


class Trust(unittest.TestCase):
    """Trust policies."""

    def trusted(self, principal: Principal, *statements: Any) -> str | None:
        """How a trust policy admits a principal."""
        return trusted_as(policy(*statements), principal, "sts:AssumeRole", {"sts:externalid": "x"})

    def test_who_is_meant(self) -> None:
        user = Principal(USER, ACCOUNT, "aws", f"arn:aws:iam::{ACCOUNT}:user/bob", "AIDA", "AKIA", "bob")
        session = Session("k", "s", "t", ROLE, ACCOUNT, f"arn:aws:sts::{ACCOUNT}:assumed-role/r/s", "AROA:s", None,
                          None, role_arn=f"arn:aws:iam::{ACCOUNT}:role/p/r")
        role = Principal(SESSION, ACCOUNT, "aws", session.arn, "AROA:s", "k", None, session)
        for principal, entry, wanted in (
                (user, user.arn, "explicit"), (user, f"arn:aws:iam::{ACCOUNT}:root", "account"),
                (user, ACCOUNT, "account"), (user, "*", "anyone"), (user, f"arn:aws:iam::{ACCOUNT}:user/*", None),
                (role, session.role_arn, "explicit"), (role, session.arn, "explicit"),
                (role, f"arn:aws:iam::{ACCOUNT}:role/r", None), (user, "arn:aws:iam::999988887777:root", None)):
            allow = {"Effect": "Allow", "Principal": {"AWS": entry}, "Action": "sts:AssumeRole"}
            self.assertEqual(wanted, self.trusted(principal, allow), entry)
        both = ({"Effect": "Allow", "Principal": {"AWS": user.arn}, "Action": "sts:*"},
                {"Effect": "Deny", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"})
        self.assertIsNone(self.trusted(user, *both))
        condition = {"StringEquals": {"sts:ExternalId": "y"}}
        self.assertIsNone(self.trusted(user, {**both[0], "Condition": condition}))


class Judging(unittest.TestCase):
    """The evaluator by itself, as tests of policy documents ask it."""

    def test_says_what_documents_say_of_a_call(self) -> None:
        deny = policy({"Effect": "Deny", "Action": "iam:Put*", "Resource": "*",
                       "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/Break"}}})
        allow = policy({"Effect": "Allow", "Action": "*", "Resource": "*"})
        ask = {"documents": [allow, deny], "action": "iam:PutUserPolicy",
               "resource": f"arn:aws:iam::{ACCOUNT}:user/bob"}
        stranger = {"context": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:user/bob"}}
        breaker = {"context": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/Break"}}
        self.assertEqual((DENY, ALLOW), (judge(ask | stranger), judge(ask | breaker)))

    def test_a_resource_names_whom_it_speaks_of(self) -> None:
        key = policy({"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
                      "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}})
        ask = {"documents": [key], "action": "kms:Decrypt", "resource": "*"}
        self.assertEqual(ALLOW, judge(ask | {"principal": f"arn:aws:iam::{ACCOUNT}:role/shop"}))
        self.assertEqual(NOTHING, judge(ask | {"principal": "arn:aws:iam::444455556666:role/shop"}))
        self.assertEqual(NOTHING, judge(ask | {"principal": "events.amazonaws.com"}))
