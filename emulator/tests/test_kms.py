"""KMS keys and their states."""

from .harness import EmulatorTest, code_of, covers


class MacTest(EmulatorTest):
    """An HMAC key."""

    def setUp(self) -> None:
        super().setUp()
        self.kms = self.aws.client("kms")
        made = self.kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]
        self.key, self.arn = made["KeyId"], made["Arn"]

    def mac(self, key: str | None = None, message: bytes = b"table", who: dict[str, str] | None = None) -> bytes:
        client = self.aws.client("kms", who) if who else self.kms
        return client.generate_mac(KeyId=key or self.arn, MacAlgorithm="HMAC_SHA_256", Message=message)["Mac"]

    def test_the_same_message_has_the_same_mac_and_another_key_another(self) -> None:
        other = self.kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["Arn"]
        self.assertEqual(self.mac(), self.mac())
        self.assertEqual(32, len(self.mac()))
        self.assertNotEqual(self.mac(), self.mac(other))
        self.assertNotEqual(self.mac(), self.mac(message=b"another table"))

    @covers("kms.key-state")
    def test_a_disabled_key_makes_none_until_it_is_enabled(self) -> None:
        before = self.mac()
        self.kms.disable_key(KeyId=self.key)
        self.assertEqual("DisabledException", code_of(self.mac))
        self.kms.enable_key(KeyId=self.key)
        self.assertEqual(before, self.mac())

    @covers("kms.key-state")
    def test_a_key_that_is_going_makes_none(self) -> None:
        self.kms.schedule_key_deletion(KeyId=self.key, PendingWindowInDays=7)
        self.assertEqual("KMSInvalidStateException", code_of(self.mac))

    def test_with_iam_enforced_it_takes_the_permission_on_the_key(self) -> None:
        key = self.aws.user("bob", {"Effect": "Allow", "Action": "kms:GenerateMac", "Resource": self.arn})
        other = self.kms.create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")["KeyMetadata"]["Arn"]
        self.aws.enforce()
        self.assertEqual(32, len(self.mac(who=key)))
        self.assertEqual("AccessDeniedException", code_of(lambda: self.mac(other, who=key)))
