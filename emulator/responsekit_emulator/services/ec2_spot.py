"""EC2 Spot requests: the request behind an instance, relaunching, cancelling."""

from typing import Any

from moto.ec2.models.instances import Instance
from moto.ec2.models.spot_requests import SpotInstanceRequest, SpotRequestBackend

from ..corrections import add, correction, wrap
from .errors import Ec2Error

GUIDE = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/"


@correction(
    "ec2.spot-requests",
    stock="does not name the request on its instance, never launches again, and forgets a request once it is cancelled",
    aws="names it, launches the instance of a persistent request again when it ends, until the request is cancelled, "
        "shows cancelled requests, and leaves their instances running",
    page=GUIDE + "spot-requests.html",
)
def spot_requests() -> None:
    """Whoever terminates the instance of a persistent request before cancelling the request gets a new instance."""

    @wrap(SpotInstanceRequest)
    def launch_instance(original: Any, self: Any) -> Any:
        instance = original(self)
        instance.spot_instance_request_id = self.id
        return instance

    @wrap(Instance)
    def terminate(original: Any, self: Any, *args: Any, **kwargs: Any) -> Any:
        result = original(self, *args, **kwargs)
        name = getattr(self, "spot_instance_request_id", None)
        request = self.ec2_backend.spot_instance_requests.get(name) if name else None
        if request is not None and request.state == "active" and request.instance is self:
            if request.type == "persistent":
                request.instance = request.launch_instance()
            else:
                request.state = "closed"
        return result

    @add(SpotRequestBackend)
    def cancel_spot_instance_requests(self: Any, request_ids: list[str]) -> list[Any]:
        for name in request_ids:
            if name not in self.spot_instance_requests:
                raise Ec2Error("InvalidSpotInstanceRequestID.NotFound",
                               f"The spot instance request ID '{name}' does not exist")
        requests = [self.spot_instance_requests[name] for name in request_ids]
        for request in requests:
            request.state = "cancelled"
        return requests
