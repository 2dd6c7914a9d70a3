"""Settings that hold for every account or for one."""

from typing import Any


class AccountValue:
    """A value with a default and one override for each account named."""

    def __init__(self, default: Any) -> None:
        self._initial = default
        self.reset()

    def reset(self) -> None:
        """Back to the initial default, without overrides."""
        self._default = self._initial
        self._accounts: dict[str, Any] = {}

    def set(self, value: Any, account: str | None) -> None:
        """Sets the value of one account, or of all (which drops the overrides)."""
        if account is None:
            self._default = value
            self._accounts = {}
        else:
            self._accounts = {**self._accounts, account: value}

    def of(self, account: str | None) -> Any:
        """The value that holds for `account`."""
        return self._accounts.get(account, self._default)

    def as_json(self) -> dict[str, Any]:
        """The default and the overrides."""
        return {"default": self._default, "accounts": dict(self._accounts)}


class AccountSwitch(AccountValue):
    """An on/off setting, off at first."""

    def __init__(self) -> None:
        super().__init__(False)

    def on_for(self, account: str | None) -> bool:
        """True if switched on for `account`."""
        return bool(self.of(account))
