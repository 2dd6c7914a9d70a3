"""Reads AWS answers: the error in them, and the `responseElements` that CloudTrail would record."""

import datetime
import json
import re
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from botocore.parsers import create_parser

from .shapes import lowered, shapes_of

XML_CODE = re.compile(rb"<Code>([^<]*)</Code>")
XML_MESSAGE = re.compile(rb"<Message>([^<]*)</Message>")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&"))
SECRET_ELEMENTS = {"secretaccesskey", "sessiontoken", "servicepassword", "serviceapikey", "secretkey",
                   "servicecredentialsecret", "base32stringseed", "qrcodepng", "privatekey"}
MAXIMUM_BYTES = 100 * 1024
SILENT_SERVICES = {"autoscaling"}  # their calls are recorded with responseElements null
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")


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
        elements = _ec2_elements(action, body) if service == "ec2" else _elements(service, action, body)
    except (ValueError, ElementTree.ParseError):
        return None
    return elements or None


def _elements(service: str, action: str, body: bytes) -> dict[str, Any]:
    _, shape = shapes_of(service, action)
    if body.lstrip()[:1] == b"<":
        if shape is None:
            return {}
        answer = {"status_code": 200, "headers": {}, "body": body}
        document = create_parser("query").parse(answer, shape)
        document.pop("ResponseMetadata", None)
    else:
        document = json.loads(body)
        if not isinstance(document, dict):
            return {}  # moto answers some operations without output, such as CreateAlias of KMS, with `null`
    elements = lowered(document, shape, set(), SECRET_ELEMENTS)
    role = elements.get("role")
    if isinstance(role, dict) and str(role.get("assumeRolePolicyDocument", "")).startswith("{"):
        role["assumeRolePolicyDocument"] = quote(role["assumeRolePolicyDocument"], safe="")
    if service == "lambda" and "environment" in elements:
        elements["environment"] = {}
    return elements


def _ec2_elements(action: str, body: bytes) -> dict[str, Any]:
    if action in WRAPPED_EC2:
        elements = _ec2(ElementTree.fromstring(body), False)
        return {f"{action}Response": {"xmlns": "http://ec2.amazonaws.com/doc/2016-11-15/", **elements}}
    elements = _ec2(ElementTree.fromstring(body), True)
    return {"_return": True, **elements} if set(elements) <= {"requestId"} else elements


WRAPPED_EC2 = {"CreateLaunchTemplate", "CreateLaunchTemplateVersion", "ModifyLaunchTemplate", "DeleteLaunchTemplate",
               "DeleteLaunchTemplateVersions", "CreateFleet", "ModifyFleet", "DeleteFleets"}


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _ec2(element: ElementTree.Element, epoch: bool) -> Any:
    """EC2's own elements: lists as {"items": [...]}, numbers and booleans as such, dates in milliseconds if `epoch`."""
    if not len(element):
        return _ec2_value(_name(element), element.text, epoch)
    if all(_name(child) == "item" for child in element):
        return {"items": [_ec2(child, epoch) for child in element]}
    return {("_return" if _name(child) == "return" else _name(child)): _ec2(child, epoch) for child in element}


def _ec2_value(name: str, text: str | None, epoch: bool) -> Any:
    if text is None or not text.strip():
        return {} if name.endswith("Set") else ""
    if text in ("true", "false"):
        return text == "true"
    if epoch and DATE.match(text):
        moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
        return int(moment.timestamp() * 1000)
    if re.fullmatch(r"\d{1,9}", text) and not name.endswith("Id"):
        return int(text)
    return text
