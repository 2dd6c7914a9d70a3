"""IAM: lists in pages, and users that cannot be deleted while they own something."""

from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores, get_pagination_model
from moto.iam.responses import IamResponse as Response

from ..corrections import correction, wrap
from .errors import AwsError

API = "https://docs.aws.amazon.com/IAM/latest/APIReference/"
USUAL_PAGE = 100
ALL = 1_000_000


@correction(
    "iam.paging",
    stock="ignores MaxItems and Marker in most lists",
    aws="pages every list: 100 entries unless MaxItems asks for fewer",
    page=API + "API_ListUsers.html",
)
def paging() -> None:
    """An attacker's user may be on the second page."""
    for operation, model in get_pagination_model("iam").items():
        method = camelcase_to_underscores(operation)
        if isinstance(model["result_key"], str) and hasattr(Response, method):
            _page(method, model["result_key"])


def _page(method: str, key: str) -> None:
    @wrap(Response, method)
    def paged(original: Any, self: Any) -> Any:
        marker, size = self._get_param("Marker"), self._get_param("MaxItems")
        self.params["MaxItems"] = ALL
        self.params.pop("Marker", None)
        result = original(self)
        if not isinstance(result, ActionResult) or not isinstance(result.result, dict) or key not in result.result:
            return result
        if marker is not None and not str(marker).isdigit():
            raise AwsError("ValidationError", "Invalid Marker.")
        entries, start = list(result.result[key]), int(marker or 0)
        end = start + int(size or USUAL_PAGE)
        more = end < len(entries)
        result.result.update({key: entries[start:end], "IsTruncated": more, "Marker": str(end) if more else None})
        return result


@correction(
    "iam.delete-conflict",
    stock="deletes users that still have keys, a password, devices, certificates or groups",
    aws="refuses with DeleteConflict until all of these are gone",
    page=API + "API_DeleteUser.html",
)
def delete_conflict() -> None:
    """Undoing an attacker's user takes many steps."""

    @wrap(Response)
    def delete_user(original: Any, self: Any) -> Any:
        user = self.backend.get_user(self._get_param("UserName"))
        credentials = self.backend.__dict__.get("rk_service_credentials", {}).values()
        owned = (
            (user.access_keys, "delete access keys"),
            (user.password, "delete login profile"),
            (user.mfa_devices, "delete MFA device"),
            (user.signing_certificates, "delete signing certificates"),
            (user.ssh_public_keys, "delete SSH public keys"),
            ([one for one in credentials if one["UserName"] == user.name], "delete service specific credentials"),
            (self.backend.get_groups_for_user(user.name), "remove users from group"),
        )
        for things, step in owned:
            if things:
                raise AwsError("DeleteConflict", f"Cannot delete entity, must {step} first.")
        return original(self)
