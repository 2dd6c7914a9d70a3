"""IAM enforcement: who is refused, and how."""

import datetime
import json
import time

from .harness import DENY_ALL, REGION, Account, EmulatorTest, code_of, covers, policy

AWS = "arn:aws:iam::aws:policy/"
REFUSALS = {"InvalidClientTokenId", "UnrecognizedClientException", "AuthFailure", "AccessDenied",
            "AccessDeniedException", "UnauthorizedOperation", "InvalidAccessKeyId", "SignatureDoesNotMatch",
            "InvalidSignatureException"}


def now(offset: float = 0) -> str:
    """A moment in policy spelling."""
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=offset)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class EnforcementTest(EmulatorTest):
    """A user and a role under enforcement."""

    def setUp(self) -> None:
        super().setUp()
        self.key = self.aws.user()
        self.role = self.aws.role()
        self.iam = self.aws.client("iam")
        self.aws.enforce()

    def probe(self, key: dict[str, str]) -> dict[str, str]:
        """One call in each protocol."""
        ask = self.aws.client
        calls = {
            "ec2": lambda: ask("ec2", key).describe_instances(),
            "iam": lambda: ask("iam", key).list_users(),
            "ecs": lambda: ask("ecs", key).list_clusters(),
            "autoscaling": lambda: ask("autoscaling", key).describe_auto_scaling_groups(),
            "lambda": lambda: ask("lambda", key).list_functions(),
            "s3": lambda: ask("s3", key).list_buckets(),
            "dynamodb": lambda: ask("dynamodb", key).list_tables(),
        }
        return {service: code_of(call) for service, call in calls.items()}

    def assertAllowed(self, key: dict[str, str]) -> None:  # noqa: N802
        """Every probe passes."""
        self.assertEqual({"OK"}, set(self.probe(key).values()))

    def assertRefused(self, key: dict[str, str]) -> None:  # noqa: N802
        """Every probe is refused, with a code of AWS's own."""
        codes = self.probe(key)
        self.assertLessEqual(set(codes.values()), REFUSALS, codes)

    def write(self, *statements: object) -> None:
        """Gives the user one more inline policy."""
        self.iam.put_user_policy(UserName="bob", PolicyName="more", PolicyDocument=policy(*statements))


class Keys(EnforcementTest):
    """Access keys and the sessions made with them."""

    @covers("core.enforcement")
    def test_an_inactive_key_is_refused_and_works_again_when_reactivated(self) -> None:
        self.assertAllowed(self.key)
        name = self.key["AccessKeyId"]
        self.iam.update_access_key(UserName="bob", AccessKeyId=name, Status="Inactive")
        self.assertRefused(self.key)
        self.iam.update_access_key(UserName="bob", AccessKeyId=name, Status="Active")
        self.assertAllowed(self.key)

    @covers("core.enforcement")
    def test_deleted_unknown_and_mistyped_keys_are_refused(self) -> None:
        self.assertRefused({**self.key, "SecretAccessKey": "wrong"})
        self.iam.delete_access_key(UserName="bob", AccessKeyId=self.key["AccessKeyId"])
        self.assertRefused(self.key)

    def test_administrator_keys_always_pass(self) -> None:
        self.assertAllowed(self.aws.root)

    def test_enforcement_binds_one_account(self) -> None:
        other = Account(self.aws.emulator)
        key = other.user("free", {"Effect": "Deny", "Action": "*", "Resource": "*"})
        self.assertAllowed(key)

    @covers("core.enforcement", "sts.session-token")
    def test_a_session_outlives_its_key_and_dies_with_the_users_rights(self) -> None:
        session = self.aws.client("sts", self.key).get_session_token()["Credentials"]
        self.iam.update_access_key(UserName="bob", AccessKeyId=self.key["AccessKeyId"], Status="Inactive")
        self.assertRefused(self.key)
        self.assertAllowed(session)
        self.iam.attach_user_policy(UserName="bob", PolicyArn=AWS + "AWSDenyAll")
        self.assertRefused(session)

    @covers("sts.session-token")
    def test_a_federated_session_is_bounded_by_its_policy(self) -> None:
        allowed = policy({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"})
        session = self.aws.client("sts", self.key).get_federation_token(Name="feed", Policy=allowed)["Credentials"]
        codes = self.probe(session)
        self.assertEqual("OK", codes.pop("ec2"))
        self.assertNotIn("OK", codes.values())

    @covers("core.enforcement")
    def test_sessions_of_a_deleted_user_do_not_pass_to_a_namesake(self) -> None:
        session = self.aws.client("sts", self.key).get_session_token()["Credentials"]
        self.iam.delete_access_key(UserName="bob", AccessKeyId=self.key["AccessKeyId"])
        self.iam.delete_user_policy(UserName="bob", PolicyName="own")
        self.iam.delete_user(UserName="bob")
        self.aws.user("bob")
        self.assertRefused(session)
        self.assertRefused(self.key)


class Policies(EnforcementTest):
    """What policies say."""

    @covers("core.enforcement")
    def test_a_deny_wins_wherever_it_stands(self) -> None:
        self.write(DENY_ALL)
        self.assertRefused(self.key)
        self.iam.delete_user_policy(UserName="bob", PolicyName="more")
        self.iam.create_group(GroupName="g")
        self.iam.put_group_policy(GroupName="g", PolicyName="deny", PolicyDocument=policy(DENY_ALL))
        self.iam.add_user_to_group(GroupName="g", UserName="bob")
        self.assertRefused(self.key)

    @covers("core.enforcement")
    def test_a_boundary_bounds(self) -> None:
        self.iam.put_user_permissions_boundary(UserName="bob", PermissionsBoundary=AWS + "AWSDenyAll")
        self.assertRefused(self.key)

    def test_a_condition_that_does_not_hold_denies_nothing(self) -> None:
        self.write({**DENY_ALL, "Condition": {"DateLessThan": {"aws:TokenIssueTime": now(3600)}}})
        self.assertAllowed(self.key)  # a long-term key has no issue time
        self.write({**DENY_ALL, "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-west-1"}}})
        self.assertAllowed(self.key)

    @covers("core.enforcement")
    def test_actions_match_without_regard_to_case_and_with_question_marks(self) -> None:
        self.write({"Effect": "Deny", "Action": "EC2:Describe?nstances", "Resource": "*"})
        self.assertEqual("UnauthorizedOperation", self.probe(self.key)["ec2"])

    @covers("core.enforcement")
    def test_a_narrow_resource_is_kept_to(self) -> None:
        name = self.aws.client("ec2").run_instances(ImageId="ami-1", MinCount=2, MaxCount=2)["Instances"]
        one, two = (instance["InstanceId"] for instance in name)
        arn = f"arn:aws:ec2:{REGION}:{self.aws.number}:instance/{one}"
        key = self.aws.user("narrow", {"Effect": "Allow", "Action": "ec2:*", "Resource": arn})
        ec2 = self.aws.client("ec2", key)
        self.assertCode("UnauthorizedOperation", lambda: ec2.terminate_instances(InstanceIds=[one, two]))
        self.assertCode("UnauthorizedOperation", lambda: ec2.describe_instances())
        self.assertCode("OK", lambda: ec2.terminate_instances(InstanceIds=[one]))

    @covers("core.enforcement")
    def test_groups_clusters_and_functions_have_their_arns(self) -> None:
        prefix = f"{REGION}:{self.aws.number}"
        key = self.aws.user(
            "narrow",
            {"Effect": "Allow", "Action": "autoscaling:*",
             "Resource": f"arn:aws:autoscaling:{prefix}:autoScalingGroup:*:autoScalingGroupName/mine"},
            {"Effect": "Allow", "Action": "ecs:*", "Resource": f"arn:aws:ecs:{prefix}:*/mine*"},
            {"Effect": "Allow", "Action": "lambda:*", "Resource": f"arn:aws:lambda:{prefix}:function:mine"},
        )
        scaling, ecs, functions = (self.aws.client(name, key) for name in ("autoscaling", "ecs", "lambda"))
        for name, denied in (("mine", False), ("other", True)):
            for call in (lambda n=name: scaling.delete_auto_scaling_group(AutoScalingGroupName=n),
                         lambda n=name: ecs.delete_cluster(cluster=n),
                         lambda n=name: ecs.update_service(cluster=n, service="s", desiredCount=0),
                         lambda n=name: functions.delete_function(FunctionName=n)):
                self.assertEqual(denied, code_of(call) in REFUSALS, (name, code_of(call)))

    @covers("core.enforcement")
    def test_tables_have_their_arns(self) -> None:
        mine = f"arn:aws:dynamodb:{REGION}:{self.aws.number}:table/mine"
        ask = self.aws.client("dynamodb", self.aws.user("narrow", {
            "Effect": "Allow", "Action": "dynamodb:*", "Resource": mine}))
        self.assertCode("ResourceNotFoundException", lambda: ask.describe_table(TableName="mine"))
        self.assertCode("AccessDeniedException", lambda: ask.describe_table(TableName="theirs"))

    @covers("core.enforcement")
    def test_who_may_put_an_object_may_upload_it_in_parts(self) -> None:
        self.aws.client("s3").create_bucket(Bucket="parts-" + self.aws.number)
        key = self.aws.user("narrow", {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"})
        s3, place = self.aws.client("s3", key), {"Bucket": "parts-" + self.aws.number, "Key": "k"}
        upload = {**place, "UploadId": s3.create_multipart_upload(**place)["UploadId"]}
        tag = s3.upload_part(**upload, PartNumber=1, Body=b"x")["ETag"]
        self.assertCode("AccessDenied", lambda: s3.list_parts(**upload))
        s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": tag}]})
        self.assertEqual(b"x", self.aws.client("s3").get_object(**place)["Body"].read())

    @covers("core.enforcement")
    def test_a_resource_belongs_to_an_account(self) -> None:
        account = {"aws:ResourceAccount": self.aws.number}
        self.write({**DENY_ALL, "Condition": {"StringNotEquals": account}})
        self.assertAllowed(self.key)
        self.write({**DENY_ALL, "Condition": {"StringEquals": account}})
        self.assertRefused(self.key)

    @covers("core.enforcement")
    def test_service_control_policies_bind_members_and_not_the_management_account(self) -> None:
        organizations = self.aws.client("organizations")
        organizations.create_organization(FeatureSet="ALL")
        created = organizations.create_account(AccountName="m", Email="m@example.com")
        member = Account(self.aws.emulator, created["CreateAccountStatus"]["AccountId"])
        key = member.user()
        member.enforce()
        scp = organizations.create_policy(Content=policy(DENY_ALL), Description="d", Name="lock",
                                          Type="SERVICE_CONTROL_POLICY")["Policy"]["PolicySummary"]["Id"]
        self.assertAllowed(key)
        organizations.attach_policy(PolicyId=scp, TargetId=member.number)
        self.assertRefused(key)
        self.assertAllowed(self.key)


class Roles(EnforcementTest):
    """Role sessions."""

    @covers("core.enforcement")
    def test_revoking_sessions_spares_later_ones(self) -> None:
        old = self.aws.assume(self.key, self.role)
        self.assertAllowed(old)
        time.sleep(0.05)
        cut = {**DENY_ALL, "Condition": {"DateLessThan": {"aws:TokenIssueTime": now()}}}
        self.iam.put_role_policy(RoleName="role", PolicyName="AWSRevokeOlderSessions", PolicyDocument=policy(cut))
        self.assertRefused(old)
        self.assertAllowed(self.aws.assume(self.key, self.role, name="new"))

    @covers("sts.assume-role", "core.enforcement")
    def test_a_session_policy_narrows(self) -> None:
        narrow = policy({"Effect": "Allow", "Action": "ec2:*", "Resource": "*"})
        codes = self.probe(self.aws.assume(self.key, self.role, Policy=narrow))
        self.assertEqual("OK", codes.pop("ec2"))
        self.assertNotIn("OK", codes.values())

    @covers("core.enforcement")
    def test_trust_decides_who_may_assume(self) -> None:
        trusted = self.aws.role("theirs", trust={"AWS": f"arn:aws:iam::{self.aws.number}:user/alice"})
        self.assertCode("AccessDenied", lambda: self.aws.assume(self.key, trusted))
        self.assertCode("OK", lambda: self.aws.assume(self.aws.user("alice"), trusted))
        document = policy({"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"})
        self.iam.update_assume_role_policy(RoleName="role", PolicyDocument=document)
        self.assertCode("AccessDenied", lambda: self.aws.assume(self.key, self.role))

    @covers("core.enforcement")
    def test_a_role_is_known_by_its_name_and_its_tag(self) -> None:
        """Who has the tag but not the name, or the name but not the tag, is not trusted; a tag of the session goes before the role's."""
        door = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{self.aws.number}:root"},
                "Action": ["sts:AssumeRole", "sts:TagSession"]}
        narrow = {"StringEquals": {"aws:PrincipalTag/enters": "true"}, "ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/tool-*"},
                  "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*/*"}}
        self.iam.create_role(RoleName="target", AssumeRolePolicyDocument=policy({**door, "Condition": narrow}))
        target = f"arn:aws:iam::{self.aws.number}:role/target"
        self.aws.role("below", path="/tool-x/")
        for name, tagged, session, expected in (("tool-a", True, [], "OK"), ("below", True, [], "AccessDenied"), ("tool-b", False, [], "AccessDenied"), ("other", True, [], "AccessDenied"),
                                                ("tool-c", True, [{"Key": "enters", "Value": "no"}], "AccessDenied")):
            arn = self.iam.get_role(RoleName=name)["Role"]["Arn"] if name == "below" else self.aws.role(name)
            self.iam.update_assume_role_policy(RoleName=name, PolicyDocument=policy(door))
            if tagged:
                self.iam.tag_role(RoleName=name, Tags=[{"Key": "enters", "Value": "true"}])
            caller = self.aws.assume(self.key, arn, **({"Tags": session} if session else {}))
            self.assertEqual(expected, code_of(lambda key=caller: self.aws.assume(key, target)), name)

    def test_a_role_made_anew_does_not_revive_old_sessions(self) -> None:
        session = self.aws.assume(self.key, self.role)
        self.iam.delete_role_policy(RoleName="role", PolicyName="own")
        self.iam.delete_role(RoleName="role")
        self.aws.role()
        self.assertRefused(session)

    def test_service_only_trust_admits_no_user(self) -> None:
        arn = self.aws.role("svc", trust={"Service": "lambda.amazonaws.com"})
        self.assertCode("AccessDenied", lambda: self.aws.assume(self.key, arn))

    def test_roles_of_another_account_need_both_sides(self) -> None:
        other = Account(self.aws.emulator)
        other.enforce()
        arn = other.role("visited", trust={"AWS": f"arn:aws:iam::{self.aws.number}:root"})
        self.assertCode("OK", lambda: self.aws.assume(self.key, arn))
        weak = self.aws.user("weak", {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"})
        self.assertCode("AccessDenied", lambda: self.aws.assume(weak, arn))


class Propagation(EnforcementTest):
    """Slow IAM."""

    def test_a_change_counts_only_after_a_while(self) -> None:
        self.aws.control("POST", "/rk/propagation", iam_ms=1500)
        self.iam.update_access_key(UserName="bob", AccessKeyId=self.key["AccessKeyId"], Status="Inactive")
        self.assertAllowed(self.key)
        time.sleep(1.6)
        self.assertRefused(self.key)

    def test_other_accounts_see_changes_at_once(self) -> None:
        self.aws.control("POST", "/rk/propagation", iam_ms=60_000)
        other = Account(self.aws.emulator)
        key = other.user()
        other.enforce()
        other.client("iam").update_access_key(UserName="bob", AccessKeyId=key["AccessKeyId"], Status="Inactive")
        self.assertRefused(key)


class Wire(EnforcementTest):
    """Shapes of refusals."""

    def test_each_protocol_has_its_own_code(self) -> None:
        self.write(DENY_ALL)
        codes = self.probe(self.key)
        self.assertEqual({"ec2": "UnauthorizedOperation", "iam": "AccessDenied", "ecs": "AccessDeniedException",
                          "autoscaling": "AccessDenied", "lambda": "AccessDeniedException", "s3": "AccessDenied",
                          "dynamodb": "AccessDeniedException"}, codes)

    def test_expired_sessions_are_named_so(self) -> None:
        from responsekit_emulator.calls import Call
        from responsekit_emulator.identity.authorization import EXPIRED, Refused, refusal
        from responsekit_emulator.protocols import Protocol
        from werkzeug.datastructures import Headers

        call = Call("POST", "/", "", Headers({"X-Amz-Target": "T.ListClusters"}), b"", b"", "", protocol=Protocol.JSON)
        self.assertEqual("ExpiredTokenException", json.loads(refusal(call, Refused(EXPIRED)).body)["__type"])

    def test_the_default_account_is_not_bound_by_anothers_enforcement(self) -> None:
        self.assertEqual("OK", code_of(lambda: self.aws.client("sts", {
            "AccessKeyId": "testing", "SecretAccessKey": "testing"}).get_caller_identity()))
