"""CloudWatch: alarms, dashboards, log groups, metric filters."""

from .kinds import Cloud, Made, Properties, kind, some, text

ALARM_SETTINGS = (
    "ActionsEnabled", "AlarmActions", "AlarmDescription", "ComparisonOperator", "DatapointsToAlarm", "Dimensions",
    "EvaluateLowSampleCountPercentile", "EvaluationPeriods", "ExtendedStatistic", "InsufficientDataActions",
    "MetricName", "Metrics", "Namespace", "OKActions", "Period", "Statistic", "Tags", "Threshold",
    "ThresholdMetricId", "TreatMissingData", "Unit")


@kind("AWS::CloudWatch::Alarm", "AlarmName", 255)
def alarm(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-alarm.html"""
    cloud.client("cloudwatch").put_metric_alarm(AlarmName=name, **some(properties, *ALARM_SETTINGS))
    return Made(name, {"Arn": cloud.arn("cloudwatch", f"alarm:{name}")})


@alarm.changing
def change_alarm(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Puts it anew under its name."""
    return alarm.make(cloud, made.id, properties)


@alarm.unmaking
def delete_alarm(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it."""
    cloud.client("cloudwatch").delete_alarms(AlarmNames=[made.id])


@kind("AWS::CloudWatch::Dashboard", "DashboardName", 255)
def dashboard(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-dashboard.html"""
    cloud.client("cloudwatch").put_dashboard(DashboardName=name, DashboardBody=text(properties["DashboardBody"]))
    return Made(name)


@dashboard.changing
def change_dashboard(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Puts it anew under its name."""
    return dashboard.make(cloud, made.id, properties)


@dashboard.unmaking
def delete_dashboard(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it."""
    cloud.client("cloudwatch").delete_dashboards(DashboardNames=[made.id])


@kind("AWS::Logs::LogGroup", "LogGroupName", 512)
def log_group(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html"""
    cloud.client("logs").create_log_group(logGroupName=name, **some(properties, kmsKeyId="KmsKeyId"))
    made = Made(name, {"Arn": cloud.arn("logs", f"log-group:{name}:*")})
    return change_log_group(cloud, made, properties)


@log_group.changing
def change_log_group(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """How long it keeps."""
    if properties.get("RetentionInDays"):
        cloud.client("logs").put_retention_policy(
            logGroupName=made.id, retentionInDays=int(properties["RetentionInDays"]))
    return made


@log_group.unmaking
def delete_log_group(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it with its lines."""
    cloud.client("logs").delete_log_group(logGroupName=made.id)


@kind("AWS::Logs::MetricFilter", "FilterName", 512)
def metric_filter(cloud: Cloud, name: str, properties: Properties) -> Made:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-metricfilter.html"""
    made_of = [some(one, metricName="MetricName", metricNamespace="MetricNamespace", metricValue="MetricValue",
                    defaultValue="DefaultValue", unit="Unit") for one in properties["MetricTransformations"]]
    cloud.client("logs").put_metric_filter(
        logGroupName=properties["LogGroupName"], filterName=name, filterPattern=properties["FilterPattern"],
        metricTransformations=made_of)
    return Made(name)


@metric_filter.changing
def change_metric_filter(cloud: Cloud, made: Made, properties: Properties) -> Made:
    """Puts it anew under its name."""
    return metric_filter.make(cloud, made.id, properties)


@metric_filter.unmaking
def delete_metric_filter(cloud: Cloud, made: Made, properties: Properties) -> None:
    """Deletes it."""
    cloud.client("logs").delete_metric_filter(logGroupName=properties["LogGroupName"], filterName=made.id)
