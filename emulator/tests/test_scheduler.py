"""EventBridge Scheduler: what an update leaves out."""

from .harness import EmulatorTest, covers

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
