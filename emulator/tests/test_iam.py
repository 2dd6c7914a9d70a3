"""IAM and STS as they are administered."""

import datetime
import hashlib

from .harness import ALLOW_ALL, EmulatorTest, covers, policy

AWS = "arn:aws:iam::aws:policy/"


class IamTest(EmulatorTest):
    """Helpers for IAM."""

    def setUp(self) -> None:
        super().setUp()
        self.iam = self.aws.client("iam")


class Users(IamTest):
    """Users and what they own."""

    @covers("iam.user-ids")
    def test_user_ids_begin_as_in_aws(self) -> None:
        self.assertRegex(self.iam.create_user(UserName="bob")["User"]["UserId"], r"^AIDA[A-Z2-7]{17}$")
        self.assertRegex(self.iam.create_group(GroupName="g")["Group"]["GroupId"], r"^AGPA[A-Z2-7]{17}$")

    @covers("iam.user-rename")
    def test_a_renamed_user_keeps_id_and_keys(self) -> None:
        before = self.iam.create_user(UserName="bob")["User"]
        key = self.iam.create_access_key(UserName="bob")["AccessKey"]["AccessKeyId"]
        self.iam.create_user(UserName="taken")
        self.assertCode("EntityAlreadyExists", lambda: self.iam.update_user(UserName="bob", NewUserName="taken"))
        self.iam.update_user(UserName="bob", NewUserName="rob")
        self.assertEqual(before["UserId"], self.iam.get_user(UserName="rob")["User"]["UserId"])
        self.assertEqual("rob", self.iam.get_access_key_last_used(AccessKeyId=key)["UserName"])
        self.assertEqual("rob", self.iam.list_access_keys(UserName="rob")["AccessKeyMetadata"][0]["UserName"])
        self.assertCode("NoSuchEntity", lambda: self.iam.get_user(UserName="bob"))

    @covers("iam.managed-policies")
    def test_managed_policies_of_aws_can_be_attached(self) -> None:
        self.iam.create_user(UserName="bob")
        for name in ("AWSDenyAll", "AdministratorAccess", "AmazonSESFullAccess", "AWSCompromisedKeyQuarantineV2",
                     "AWSCompromisedKeyQuarantineV3", "service-role/AWSLambdaBasicExecutionRole"):
            self.iam.attach_user_policy(UserName="bob", PolicyArn=AWS + name)
        self.assertEqual(6, len(self.iam.list_attached_user_policies(UserName="bob")["AttachedPolicies"]))

    @covers("iam.quotas")
    def test_inline_policies_of_a_user_share_2048_characters(self) -> None:
        self.iam.create_user(UserName="bob")
        padding = policy({"Effect": "Allow", "Action": ["s3:" + "x" * 1700], "Resource": "*"})
        put = self.iam.put_user_policy
        put(UserName="bob", PolicyName="a", PolicyDocument=padding)
        self.assertCode("LimitExceeded", lambda: put(UserName="bob", PolicyName="b", PolicyDocument=padding))
        put(UserName="bob", PolicyName="a", PolicyDocument=padding.replace(" ", "\n" * 900))

    @covers("iam.quotas")
    def test_ten_managed_policies_are_the_most(self) -> None:
        self.iam.create_user(UserName="bob")
        for number in range(11):
            arn = self.iam.create_policy(PolicyName=f"p{number}", PolicyDocument=policy(ALLOW_ALL))["Policy"]["Arn"]
            code = "OK" if number < 10 else "LimitExceeded"
            self.assertCode(code, lambda arn=arn: self.iam.attach_user_policy(UserName="bob", PolicyArn=arn))

    @covers("iam.user-boundaries")
    def test_a_user_has_a_boundary(self) -> None:
        self.iam.create_user(UserName="bob")
        self.iam.put_user_permissions_boundary(UserName="bob", PermissionsBoundary=AWS + "AWSDenyAll")
        shown = self.iam.get_user(UserName="bob")["User"]["PermissionsBoundary"]
        self.assertEqual(AWS + "AWSDenyAll", shown["PermissionsBoundaryArn"])
        self.iam.delete_user_permissions_boundary(UserName="bob")
        self.assertNotIn("PermissionsBoundary", self.iam.get_user(UserName="bob")["User"])

    @covers("iam.service-specific-credentials")
    def test_service_specific_credentials_have_a_status(self) -> None:
        self.iam.create_user(UserName="bob")
        service = "codecommit.amazonaws.com"
        made = self.iam.create_service_specific_credential(UserName="bob", ServiceName=service)
        name = made["ServiceSpecificCredential"]["ServiceSpecificCredentialId"]
        self.iam.update_service_specific_credential(UserName="bob", ServiceSpecificCredentialId=name, Status="Inactive")
        listed = self.iam.list_service_specific_credentials(UserName="bob")["ServiceSpecificCredentials"]
        self.assertEqual(["Inactive"], [credential["Status"] for credential in listed])

    @covers("iam.paging")
    def test_users_come_in_pages(self) -> None:
        for number in range(7):
            self.iam.create_user(UserName=f"u{number}")
        pages = self.iam.get_paginator("list_users").paginate(PaginationConfig={"PageSize": 3})
        self.assertEqual([3, 3, 1], [len(page["Users"]) for page in pages])

    @covers("iam.delete-conflict")
    def test_a_user_with_a_key_cannot_be_deleted(self) -> None:
        self.aws.user()
        self.iam.delete_user_policy(UserName="bob", PolicyName="own")
        self.assertCode("DeleteConflict", lambda: self.iam.delete_user(UserName="bob"))

    def test_a_login_profile_can_be_deleted_once(self) -> None:
        self.iam.create_user(UserName="bob")
        self.iam.create_login_profile(UserName="bob", Password="correct-Horse-1")
        self.iam.delete_login_profile(UserName="bob")
        self.assertCode("NoSuchEntity", lambda: self.iam.delete_login_profile(UserName="bob"))

    def test_signing_certificates_and_ssh_keys_can_be_listed(self) -> None:
        self.iam.create_user(UserName="bob")
        self.assertEqual([], self.iam.list_signing_certificates(UserName="bob")["Certificates"])
        self.assertEqual([], self.iam.list_ssh_public_keys(UserName="bob")["SSHPublicKeys"])


class Versions(IamTest):
    """Versions of managed policies."""

    @covers("iam.default-version-again")
    def test_the_default_version_set_again_stays_the_default(self) -> None:
        arn = self.iam.create_policy(PolicyName="web", PolicyDocument=policy(ALLOW_ALL))["Policy"]["Arn"]
        self.iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
        listed = self.iam.list_policy_versions(PolicyArn=arn)["Versions"]
        self.assertEqual([True], [version["IsDefaultVersion"] for version in listed])


class Roles(IamTest):
    """Roles."""

    @covers("iam.service-linked-roles")
    def test_a_service_linked_role_cannot_be_changed(self) -> None:
        self.iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com")
        name = "AWSServiceRoleForAutoScaling"
        self.assertCode("UnmodifiableEntity", lambda: self.iam.put_role_policy(
            RoleName=name, PolicyName="deny", PolicyDocument=policy(ALLOW_ALL)))
        self.assertCode("UnmodifiableEntity", lambda: self.iam.attach_role_policy(
            RoleName=name, PolicyArn=AWS + "AWSDenyAll"))


class Sessions(IamTest):
    """STS."""

    @covers("sts.caller-identity")
    def test_the_administrator_key_is_the_root_of_its_account(self) -> None:
        who = self.aws.client("sts").get_caller_identity()
        self.assertEqual((f"arn:aws:iam::{self.aws.number}:root", self.aws.number), (who["Arn"], who["Account"]))

    @covers("sts.session-token")
    def test_session_tokens_belong_to_their_user(self) -> None:
        key = self.aws.user()
        session = self.aws.client("sts", key).get_session_token()["Credentials"]
        who = self.aws.client("sts", session).get_caller_identity()
        self.assertEqual(f"arn:aws:iam::{self.aws.number}:user/bob", who["Arn"])
        again = self.aws.client("sts", session)
        self.assertCode("AccessDenied", again.get_session_token)

    @covers("sts.session-token")
    def test_federation_tokens_have_a_name_of_their_own(self) -> None:
        session = self.aws.client("sts", self.aws.user()).get_federation_token(Name="feed")["Credentials"]
        who = self.aws.client("sts", session).get_caller_identity()
        self.assertEqual(f"arn:aws:sts::{self.aws.number}:federated-user/feed", who["Arn"])

    @covers("sts.assume-role")
    def test_a_session_lasts_as_long_as_asked_within_limits(self) -> None:
        arn = self.aws.role()
        session = self.aws.assume(None, arn, DurationSeconds=900)
        left = session["Expiration"] - datetime.datetime.now(datetime.timezone.utc)
        self.assertAlmostEqual(900, left.total_seconds(), delta=30)
        self.assertCode("ValidationError", lambda: self.aws.assume(None, arn, DurationSeconds=7200))

    @covers("sts.assume-role")
    def test_a_chained_session_lasts_an_hour_at_most_and_keeps_its_source(self) -> None:
        first = self.aws.assume(None, self.aws.role("one"), SourceIdentity="alice")
        second = self.aws.role("two")
        self.iam.update_role(RoleName="two", MaxSessionDuration=43200)
        self.assertCode("ValidationError", lambda: self.aws.assume(first, second, DurationSeconds=7200))
        answer = self.aws.client("sts", first).assume_role(RoleArn=second, RoleSessionName="chained")
        self.assertEqual("alice", answer["SourceIdentity"])

    def test_a_role_path_is_not_part_of_the_session(self) -> None:
        session = self.aws.assume(None, self.aws.role("deep", path="/a/b/"))
        who = self.aws.client("sts", session).get_caller_identity()
        self.assertEqual(f"arn:aws:sts::{self.aws.number}:assumed-role/deep/session", who["Arn"])

    def test_another_account_can_be_entered(self) -> None:
        number = str(int(hashlib.sha256(self.aws.number.encode()).hexdigest(), 16))[:12]
        session = self.aws.assume(None, f"arn:aws:iam::{number}:role/x")
        self.assertEqual(number, self.aws.client("sts", session).get_caller_identity()["Account"])
