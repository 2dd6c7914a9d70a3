"""EventBridge Scheduler: what an update leaves out."""

import datetime

from .harness import EmulatorTest, code_of, covers

TARGET = {"Arn": "arn:aws:scheduler:::aws-sdk:ec2:runInstances", "RoleArn": "arn:aws:iam::111122223333:role/s", "Input": "{}"}


class Schedules(EmulatorTest):
    """A schedule and its updates."""

    @covers("scheduler.update-replaces")
    def test_an_update_sets_what_it_leaves_out_to_its_default(self) -> None:
        scheduler = self.aws.client("scheduler")
        window = {"Mode": "OFF"}
        scheduler.create_schedule(Name="n", Description="d", ScheduleExpression="rate(5 minutes)", FlexibleTimeWindow=window, Target=TARGET,
                                  State="DISABLED", ActionAfterCompletion="DELETE")
        scheduler.update_schedule(Name="n", ScheduleExpression="rate(5 minutes)", FlexibleTimeWindow=window, Target=TARGET)
        found = scheduler.get_schedule(Name="n")
        self.assertEqual("ENABLED", found["State"])
        self.assertEqual("NONE", found["ActionAfterCompletion"])
        self.assertNotIn("Description", found)

    @covers("scheduler.update-replaces")
    def test_an_update_takes_no_beginning_that_is_past(self) -> None:
        scheduler = self.aws.client("scheduler")
        schedule = {"Name": "n", "ScheduleExpression": "rate(5 minutes)", "FlexibleTimeWindow": {"Mode": "OFF"}, "Target": TARGET}
        scheduler.create_schedule(**schedule)
        now = datetime.datetime.now(datetime.UTC)
        self.assertEqual("ValidationException", code_of(lambda: scheduler.update_schedule(**schedule, StartDate=now - datetime.timedelta(minutes=6))))
        self.assertEqual("OK", code_of(lambda: scheduler.update_schedule(**schedule, StartDate=now - datetime.timedelta(minutes=4))))
