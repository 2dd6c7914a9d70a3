"""SNS: what HTTP endpoints are sent."""

import contextvars
from typing import Any

from moto.sns.models import Subscription

from ..corrections import correction, wrap

GUIDE = "https://docs.aws.amazon.com/sns/latest/dg/"


@correction(
    "sns.http-attributes",
    stock="leaves the message attributes out of what it sends to HTTP endpoints",
    aws="sends them there too",
    page=GUIDE + "http-notification-json.html",
)
def http_attributes() -> None:
    """They are known where a message is published, and are asked for where it is written."""
    published: contextvars.ContextVar[Any] = contextvars.ContextVar("published", default=None)

    @wrap(Subscription)
    def publish(original: Any, self: Any, message: str, message_id: str, subject: str | None = None,
                message_attributes: dict[str, Any] | None = None, **more: Any) -> None:
        token = published.set(message_attributes)
        try:
            original(self, message, message_id, subject, message_attributes, **more)
        finally:
            published.reset(token)

    @wrap(Subscription)
    def get_post_data(original: Any, self: Any, message: str, message_id: str, subject: str | None,
                      message_attributes: dict[str, Any] | None = None) -> dict[str, Any]:
        return original(self, message, message_id, subject, message_attributes or published.get())
