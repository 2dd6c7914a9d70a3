"""EventBridge Scheduler: an update replaces the whole schedule."""

from typing import Any

from moto.core.utils import utcnow
from moto.scheduler.models import Schedule
from moto.scheduler.responses import EventBridgeSchedulerResponse

from ..corrections import correction, wrap
from .errors import AwsError

PAST_SECONDS = 5 * 60


@correction(
    "scheduler.update-replaces",
    stock="keeps ActionAfterCompletion whatever an update says, has no state where an update names none, and takes a StartDate that is past",
    aws="uses all values of an update, sets to its default what an update leaves out, and takes no StartDate from before the last five minutes",
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
        start = self._get_param("StartDate")
        if start and utcnow().timestamp() - float(start) > PAST_SECONDS and not self._get_param("ScheduleExpression").startswith("at("):
            raise AwsError("ValidationException", "The StartDate you specify cannot be earlier than 5 minutes ago.")
        answer = original(self)
        name = self.uri.split("?")[0].split("/")[-1]
        schedule = self.scheduler_backend.get_schedule(self._get_param("GroupName"), name)
        schedule.action_after_completion = self._get_param("ActionAfterCompletion") or "NONE"
        return str(answer)
