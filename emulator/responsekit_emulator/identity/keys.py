"""Which account an access key belongs to. Remembered after deletion, so that a deleted key stays refused."""

import re

from moto.core import DEFAULT_ACCOUNT_ID
from moto.iam import models as iam_models

from ..state import STATE

ROOT_KEY = "AKIAROOTADMINEXAMPLE"
ROOT_KEY_OF_ACCOUNT = re.compile(r"AKIAROOT(\d{12})")

_ISSUED: dict[str, str] = {}


def administrator_account(key: str | None) -> str | None:
    """The account that `key` administers without any check; None for ordinary keys."""
    if key == ROOT_KEY:
        return DEFAULT_ACCOUNT_ID
    match = ROOT_KEY_OF_ACCOUNT.fullmatch(key or "")
    return match.group(1) if match else None


def account_of(key: str | None) -> str:
    """The account of `key`; the default account for a key that was never issued here."""
    return administrator_account(key) or _ISSUED.get(key or "") or DEFAULT_ACCOUNT_ID


def issued(key: str | None) -> bool:
    """True if this emulator has made `key`, even if it was deleted since."""
    return (key or "") in _ISSUED


def install() -> None:
    """Notes the account of every key that moto makes, and has moto look accounts up here (it searches them all)."""
    original = iam_models.AccessKey.__init__

    def __init__(self, user_name, prefix, account_id, *args, **kwargs):  # type: ignore[no-untyped-def]
        original(self, user_name, prefix, account_id, *args, **kwargs)
        _ISSUED[self.access_key_id] = account_id

    iam_models.AccessKey.__init__ = __init__
    iam_models.get_account_id_from = account_of
    STATE.on_reset.append(_ISSUED.clear)
