"""AWS errors to raise from corrections of services that speak the query or JSON protocol."""

from moto.core.exceptions import ServiceException
from moto.ec2.exceptions import EC2ClientError


class AwsError(ServiceException):
    """An error with the given code; moto writes it in the service's protocol."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)


class Ec2Error(EC2ClientError):
    """An EC2 error with the given code."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
