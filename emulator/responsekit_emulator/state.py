"""What the emulator holds beside moto's own resources. One instance, `STATE`, for the process."""

from dataclasses import dataclass, field
from typing import Any

from .faults import Faults
from .journal import Journal
from .limits.buckets import Limits
from .limits.chance import Chance
from .limits.distance import Distance
from .switches import AccountSwitch, AccountValue


@dataclass
class State:
    """Everything that POST /rk/reset puts back, apart from moto."""

    journal: Journal = field(default_factory=Journal)
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)
    chance: Chance = field(default_factory=Chance)
    distance: Distance = field(default_factory=Distance)
    enforcement: AccountSwitch = field(default_factory=AccountSwitch)
    trails: AccountSwitch = field(default_factory=AccountSwitch)
    iam_delay_ms: AccountValue = field(default_factory=lambda: AccountValue(0))
    wait_share: AccountValue = field(default_factory=lambda: AccountValue(1))
    sources: dict[str, dict[str, str]] = field(default_factory=dict)
    functions: dict[str, str] = field(default_factory=dict)
    left_out: list[dict[str, str]] = field(default_factory=list)
    on_reset: list[Any] = field(default_factory=list, repr=False)

    def reset(self) -> None:
        """Empties everything; the caller resets moto."""
        self.journal.clear()
        self.faults.clear()
        self.limits.reset()
        self.chance.reset()
        self.distance.reset()
        self.enforcement.reset()
        self.trails.reset()
        self.iam_delay_ms.reset()
        self.wait_share.reset()
        self.sources.clear()
        self.functions.clear()
        self.left_out.clear()
        for action in self.on_reset:
            action()


STATE = State()
