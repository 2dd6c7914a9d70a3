"""Lower camel case by the service model: member names change, the keys of maps are data and do not."""

import datetime
from typing import Any

from botocore.model import OperationNotFoundError, Shape
from moto.core.utils import get_service_model

from ..calls import model_name


def lower_first(name: str) -> str:
    """CloudTrail's lower camel case: only the first letter changes (`AWSServiceName` gives `aWSServiceName`)."""
    return name[:1].lower() + name[1:]


def shapes_of(service: str, action: str) -> tuple[Shape | None, Shape | None]:
    """Input and output shape of an operation; None where the model is not known."""
    try:
        operation = get_service_model(model_name(service)).operation_model(action)
    except (OperationNotFoundError, KeyError, ValueError, OSError):
        return None, None
    except Exception:  # botocore's UnknownServiceError is no subclass of these
        return None, None
    return operation.input_shape, operation.output_shape


def locale_date(moment: datetime.datetime) -> str:
    """`Feb 22, 2026, 4:11:47\u202fPM`: how dates stand in records of IAM and STS; not fit for parsing."""
    hour = moment.hour % 12 or 12
    return f"{moment:%b} {moment.day}, {moment.year}, {hour}:{moment:%M:%S}\u202f{moment:%p}"


def lowered(value: Any, shape: Shape | None, hidden: set[str], removed: set[str]) -> Any:
    """`value` in CloudTrail's spelling. Members in `removed` are left out, those in `hidden` replaced."""
    if isinstance(value, dict):
        if shape is not None and shape.type_name == "map":
            return {key: lowered(item, shape.value, hidden, removed) for key, item in value.items()}
        members = getattr(shape, "members", {}) if shape is not None else {}
        return {
            lower_first(name): HIDDEN if name.lower() in hidden else lowered(item, members.get(name), hidden, removed)
            for name, item in value.items() if item is not None and name.lower() not in removed
        }
    if isinstance(value, (list, tuple)):
        return [lowered(item, getattr(shape, "member", None), hidden, removed) for item in value]
    if isinstance(value, datetime.datetime):
        return locale_date(value)
    return f"<{len(value)} bytes>" if isinstance(value, bytes) else value


HIDDEN = "HIDDEN_DUE_TO_SECURITY_REASONS"
