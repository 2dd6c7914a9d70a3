"""Reads a service's API model (the JSON that ships with botocore) into classes and operations as .NET names them."""

import gzip
import json
import os
import re
from dataclasses import dataclass, field

import botocore

import tables

SCALARS = {
    "boolean": "bool?", "integer": "int?", "long": "long?", "float": "float?", "double": "double?",
    "timestamp": "DateTime?", "blob": "MemoryStream",
}
PLACES = {"uri": "Uri", "querystring": "Query", "header": "Header", "statusCode": "Status"}


@dataclass
class Property:
    name: str
    type: str
    wire: dict = field(default_factory=dict)  # arguments of [Wire]; "name" is the positional one
    required: bool = False
    keep: bool = False  # needed by the stand-in itself: a token, a paginator


@dataclass
class Class:
    name: str
    properties: dict = field(default_factory=dict)


@dataclass
class Pages:
    first: str
    next: str
    results: list


@dataclass
class Operation:
    name: str
    request: Class
    response: Class
    http: str
    errors: list
    pages: Pages


@dataclass
class Error:
    name: str
    code: str
    body: Class


def upper_first(text):
    return text[:1].upper() + text[1:]


def lower_first(text):
    return text[:1].lower() + text[1:]


def constant_name(value):
    """The name of an enumeration value's field: its parts capitalised and joined; underscores stay."""
    name = "".join(upper_first(part) for part in re.split(r"[^A-Za-z0-9_]+", value) if part)
    return "_" + name if name[:1].isdigit() else name


def error_name(shape):
    if shape.endswith("Exception"):
        return shape
    return (shape[:-len("Fault")] if shape.endswith("Fault") else shape) + "Exception"


class Model:
    """One service: its operations, and every class, enumeration and error that they reach."""

    def __init__(self, package, operations):
        self.package = package
        self.service = tables.SERVICES[package]
        folder = os.path.join(os.path.dirname(botocore.__file__), "data", self.service.model, self.service.version)
        with gzip.open(os.path.join(folder, "service-2.json.gz")) as file:
            document = json.load(file)
        with open(os.path.join(folder, "paginators-1.json"), encoding="utf-8") as file:
            self._pages = json.load(file)["pagination"]
        self.metadata = document["metadata"]
        self.protocol = self.metadata["protocol"]
        self._shapes = document["shapes"]
        self.classes, self.enumerations, self.errors = {}, {}, {}
        self.operations = [self._operation(document["operations"][name]) for name in sorted(operations)]

    # Operations

    def _operation(self, source):
        name = source["name"]
        request = self._class(name + "Request", source.get("input", {}).get("shape"))
        for form in tables.OVERLOADS.get(self.service.model, {}).get(name, []):
            for key in form:
                request.properties[key].keep = True
        response = self._class(name + "Response", source.get("output", {}).get("shape"))
        http = f'{source["http"]["method"]} {source["http"]["requestUri"]}' if self.protocol == "rest-json" else None
        errors = [self._error(error["shape"]) for error in source.get("errors", [])]
        return Operation(name, request, response, http, errors, self._page(name, request, response))

    def _page(self, name, request, response):
        source = self._pages.get(name)
        if not source or "." in str(source["output_token"]):
            return None
        first, following = upper_first(source["input_token"]), upper_first(source["output_token"])
        request.properties[first].keep = response.properties[following].keep = True
        keys = source["result_key"] if isinstance(source["result_key"], list) else [source["result_key"]]
        return Pages(first, following, [upper_first(key) for key in keys])

    def _error(self, shape):
        source = self._shapes[shape]
        code = source.get("error", {}).get("code", shape)
        name = error_name(shape)
        if name not in self.errors:
            self.errors[name] = error = Error(name, code, Class(name))
            error.body = self._class(name, shape)
            error.body.properties = {
                key: value for key, value in error.body.properties.items()
                if key != "Message" and value.wire.get("In") is None and self.protocol in ("json", "rest-json")
            }
        return name

    # Classes

    def _class(self, name, shape):
        result = Class(name)
        if not shape:
            return result
        source = self._shapes[shape]
        for member, details in source["members"].items():
            made = self._property(shape, member, details)
            if made:
                made.required = member in source.get("required", [])
                result.properties[made.name] = made
        for form in tables.CONSTRUCTORS.get(self.service.model, {}).get(name, []):
            for key in form:
                result.properties[key].keep = True
        return result

    def _property(self, shape, member, details):
        key = (self.service.model, shape, member)
        name = tables.PROPERTY_NAMES.get(key, upper_first(member))
        target = self._shapes[details["shape"]]
        if target.get("document"):
            return None
        wire = self._names(name, member, details, target)
        if self._shapes[shape].get("payload") == member:
            if target["type"] != "blob":
                raise ValueError(f"{shape}.{member}: only bytes are supported as a payload")
            wire["In"] = "Payload"
        elif "location" in details:
            wire["In"] = PLACES[details["location"]]
        if details.get("idempotencyToken"):
            wire["Token"] = True
        return Property(name, self._type(details["shape"]), wire, keep=bool(details.get("idempotencyToken")))

    def _names(self, name, member, details, target):
        """Names on the wire, where the runtime's own rule would not find them."""
        wire, place = {}, details.get("locationName", member)
        rule = lower_first(name) if self.naming == "Camel" else name
        place = member if self.protocol == "json" else place
        if place != rule and details.get("location") != "statusCode":
            wire["name"] = place
        if self.protocol == "query" and target["type"] == "map":
            if target.get("flattened"):
                raise ValueError(f"{name}: flattened maps are not supported in forms; add them to the runtime first")
            wire["Key"] = target["key"].get("locationName", "key")
            wire["Value"] = target["value"].get("locationName", "value")
        elif self.protocol == "query":
            item = target.get("member", {}).get("locationName")
            if item and item != "member":
                wire["Item"] = item
        return wire

    @property
    def naming(self):
        return "Camel" if self.service.model == "ecs" else "AsIs"

    def _type(self, shape, nested=False):
        source = self._shapes[shape]
        kind = source["type"]
        if kind == "string":
            return self._enumeration(shape, source) if "enum" in source and not nested else "string"
        if kind in SCALARS:
            return SCALARS[kind].rstrip("?") if nested else SCALARS[kind]
        if kind == "list":
            return f'List<{self._type(source["member"]["shape"], nested=True)}>'
        if kind == "map":
            return f'Dictionary<string, {self._type(source["value"]["shape"], nested=True)}>'
        name = tables.CLASS_NAMES.get((self.service.model, shape), upper_first(shape))
        if name not in self.classes:
            self.classes[name] = Class(name)
            self.classes[name].properties = self._class(name, shape).properties
        return name

    def _enumeration(self, shape, source):
        name = upper_first(shape)
        values = {}
        for value in source["enum"]:
            values.setdefault(constant_name(value), value)
        self.enumerations[name] = values
        return name
