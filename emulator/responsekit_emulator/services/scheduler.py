"""EventBridge Scheduler: an update replaces the whole schedule."""

from typing import Any

from moto.scheduler.models import Schedule
from moto.scheduler.responses import EventBridgeSchedulerResponse

from ..corrections import correction, wrap
from .errors import AwsError


@correction(
    "scheduler.update-replaces",
    stock="keeps ActionAfterCompletion whatever an update says, and has no state where an update names none",
    aws="uses all values of an update, and sets to its default what an update leaves out",
    page="https://docs.aws.amazon.com/scheduler/latest/APIReference/API_UpdateSchedule.html",
)
def update_replaces() -> None:
    """Whoever changes one field and does not send the others resets them, and enables what was disabled."""

    @wrap(Schedule)
    def update(original: Any, self: Any, **values: Any) -> None:
        original(self, **{**values, "state": values.get("state") or "ENABLED"})

    @wrap(EventBridgeSchedulerResponse)
    def update_schedule(original: Any, self: Any) -> str:
        for needed in ("ScheduleExpression", "FlexibleTimeWindow", "Target"):
            if not self._get_param(needed):
                raise AwsError("ValidationException", f"{needed} must not be null")
        answer = original(self)
        name = self.uri.split("?")[0].split("/")[-1]
        schedule = self.scheduler_backend.get_schedule(self._get_param("GroupName"), name)
        schedule.action_after_completion = self._get_param("ActionAfterCompletion") or "NONE"
        return str(answer)
