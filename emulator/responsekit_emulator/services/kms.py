"""KMS: a key that is disabled or going is of no use."""

from typing import Any

from moto.kms.models import KmsBackend

from ..corrections import correction, wrap
from .errors import AwsError


@correction(
    "kms.key-state",
    stock="makes and checks MACs with keys that are disabled or pending deletion",
    aws="refuses them, with DisabledException and KMSInvalidStateException",
    page="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
)
def key_state() -> None:
    """Disabling a key is how an intruder takes it from those who need it."""

    def demand_usable(backend: Any, key_id: str) -> None:
        key = backend.keys.get(backend.any_id_to_key_id(key_id))
        if key is None or key.key_state == "Enabled":
            return
        if key.key_state == "Disabled":
            raise AwsError("DisabledException", f"{key.arn} is disabled.")
        raise AwsError("KMSInvalidStateException", f"{key.arn} is pending deletion.")

    @wrap(KmsBackend)
    def generate_mac(original: Any, self: Any, **asked: Any) -> Any:
        demand_usable(self, asked["key_id"])
        return original(self, **asked)

    @wrap(KmsBackend)
    def verify_mac(original: Any, self: Any, **asked: Any) -> Any:
        demand_usable(self, asked["key_id"])
        return original(self, **asked)
