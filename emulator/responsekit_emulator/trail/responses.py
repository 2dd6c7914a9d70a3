"""Reads AWS answers: the error in them, and the `responseElements` that CloudTrail would record."""

import datetime
import json
import re
from typing import Any
from xml.etree import ElementTree

from .parameters import lower_first

XML_CODE = re.compile(rb"<Code>([^<]*)</Code>")
XML_MESSAGE = re.compile(rb"<Message>([^<]*)</Message>")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&"))
SECRET_ELEMENTS = {"secretaccesskey", "sessiontoken", "servicepassword", "serviceapikey", "secretkey",
                   "servicecredentialsecret", "base32stringseed", "qrcodepng", "privatekey"}
MAXIMUM_BYTES = 100 * 1024
SILENT_SERVICES = {"autoscaling"}  # their calls are recorded with responseElements null
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
LISTS = {"item", "member"}


def error_in(body: bytes) -> tuple[str | None, str | None]:
    """Code and message of an error answer in any protocol."""
    if body.lstrip()[:1] == b"{":
        try:
            document = json.loads(body)
        except ValueError:
            return None, None
        code = document.get("__type") or document.get("Code") or document.get("code") or document.get("Type")
        message = document.get("message") or document.get("Message")
        return (str(code).rpartition("#")[2] if code else None), message
    code, message = XML_CODE.search(body), XML_MESSAGE.search(body)
    return _text(code), _text(message)


def _text(match: re.Match[bytes] | None) -> str | None:
    if match is None:
        return None
    text = match.group(1).decode("utf-8", "replace")
    for entity, character in ENTITIES:
        text = text.replace(entity, character)
    return text


def response_elements(service: str, action: str, body: bytes) -> dict[str, Any] | None:
    """The answer as CloudTrail records it: without secrets, None where the service records none."""
    if service in SILENT_SERVICES or not body.strip():
        return None
    try:
        if body.lstrip()[:1] == b"<":
            elements = _from_xml(service, action, body)
        else:
            document = json.loads(body)
            elements = _from_json(document) if isinstance(document, dict) else None
    except (ValueError, ElementTree.ParseError):
        return None
    return elements or None


def _from_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {lower_first(name): _from_json(item) for name, item in value.items()
                if name.lower() not in SECRET_ELEMENTS and item is not None}
    return [_from_json(item) for item in value] if isinstance(value, list) else value


def _from_xml(service: str, action: str, body: bytes) -> Any:
    root = ElementTree.fromstring(body)
    if service == "ec2":
        elements = _ec2(root)
        if f"{action}Response" in WRAPPED_EC2:
            return {f"{action}Response": elements}
        return elements if elements != {"requestId": elements.get("requestId"), "_return": True} else elements
    result = next((child for child in root if _name(child).endswith("Result")), None)
    return _query(result) if result is not None else None


WRAPPED_EC2 = {f"{name}Response" for name in (
    "CreateLaunchTemplate", "CreateLaunchTemplateVersion", "ModifyLaunchTemplate", "DeleteLaunchTemplate",
    "DeleteLaunchTemplateVersions", "CreateFleet", "ModifyFleet", "DeleteFleets")}


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _ec2(element: ElementTree.Element) -> Any:
    """EC2's own elements: lists as {"items": [...]}, numbers and booleans as such, launch time in milliseconds."""
    if not len(element):
        return _ec2_value(_name(element), element.text)
    if all(_name(child) == "item" for child in element):
        return {"items": [_ec2(child) for child in element]}
    return {("_return" if _name(child) == "return" else _name(child)): _ec2(child) for child in element}


def _ec2_value(name: str, text: str | None) -> Any:
    if text is None or not text.strip():
        return {} if name.endswith("Set") else ""
    if text in ("true", "false"):
        return text == "true"
    if DATE.match(text):
        moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
        return int(moment.timestamp() * 1000)
    if re.fullmatch(r"\d{1,9}", text) and not name.endswith("Id"):
        return int(text)
    return text


def _query(element: ElementTree.Element) -> Any:
    """Query-protocol elements: lower camel case, lists plain, dates as the locale strings that AWS writes."""
    children = [child for child in element if _name(child).lower() not in SECRET_ELEMENTS]
    if not len(element):
        return _query_value(element.text)
    if all(_name(child) == "member" for child in element):
        return [_query(child) for child in children]
    return {lower_first(_name(child)): _query(child) for child in children}


def _query_value(text: str | None) -> Any:
    text = text or ""
    if text in ("true", "false"):
        return text == "true"
    return locale_date(text) if DATE.match(text) else text


def locale_date(text: str) -> str:
    """`Feb 22, 2026, 4:11:47\u202fPM`: how dates stand in IAM and STS responses, not fit for parsing."""
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    hour = moment.hour % 12 or 12
    return f"{moment:%b} {moment.day}, {moment.year}, {hour}:{moment:%M:%S}\u202f{moment:%p}"
