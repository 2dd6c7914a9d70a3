"""Reads commands of the AWS command line as a shell and that command line do, and makes their calls.

Usage: python aws_commands.py FILE [ENDPOINT KEY SECRET]

FILE is a JSON list of command lines. Without an endpoint each is only checked against the API's model. Writes a JSON list: for each command its service, the operation
and its IAM prefix, what is wrong with it, and what the endpoint answered.
"""

import json
import subprocess
import sys

import botocore.config
import botocore.exceptions
import botocore.session
from botocore import xform_name
from botocore.validate import ParamValidator

SERVICES = {"configservice": "config", "s3api": "s3"}
# Commands that the command line has of its own: the operation, and its parameters by option.
OWN = {
    ("emr", "terminate-clusters"): ("TerminateJobFlows", {"cluster-ids": "JobFlowIds"}),
    ("emr", "modify-cluster-attributes"): ("SetTerminationProtection", {"cluster-id": "JobFlowIds", "termination-protected": "TerminationProtected"}),
}
PREFIXES = {"monitoring": "cloudwatch"}
GLOBAL_OPTIONS = {"region", "query", "max-items"}

SESSION = botocore.session.get_session()
MODELS = {}


def words_of(command):
    """What the shell makes of the command: `aws` is a function that prints its arguments."""
    script = "set -f; aws() { for word do printf '%s\\0' \"$word\"; done; }\n" + command
    run = subprocess.run(["/bin/sh", "-c", script], capture_output=True, check=False, env={"PATH": "/nowhere"})
    if run.returncode != 0 or run.stderr:
        raise ValueError(f"the shell says: {run.stderr.decode()} ({run.returncode})")
    return run.stdout.decode().split("\0")[:-1]


def model_of(service):
    if service not in MODELS:
        MODELS[service] = SESSION.get_service_model(service)
    return MODELS[service]


def options_of(words):
    """The options with their values, in the order in which they stand."""
    options, at = {}, 0
    while at < len(words):
        word = words[at]
        if not word.startswith("--"):
            raise ValueError(f"{word!r} is no option")
        name, separator, value = word[2:].partition("=")
        at += 1
        values = [value] if separator else []
        while not separator and at < len(words) and not words[at].startswith("-"):
            values.append(words[at])
            at += 1
        if name in options:
            raise ValueError(f"--{name} stands twice")
        options[name] = values
    return options


def convert(shape, values, name):
    if shape.type_name == "list" and shape.member.type_name not in ("structure", "map"):
        return [convert(shape.member, [value], name) for value in values]
    if len(values) != 1:
        raise ValueError(f"--{name} takes one value, not {values}")
    value = values[0]
    if value.startswith("file://"):
        return "{}".ljust(shape.metadata.get("min", 2)) if shape.type_name == "string" else {}
    if shape.type_name in ("list", "structure", "map") and value[:1] in ("[", "{"):
        return json.loads(value)
    if shape.type_name == "list":
        return [shorthand(shape.member, value, name)]
    if shape.type_name in ("structure", "map"):
        return shorthand(shape, value, name)
    if shape.type_name in ("integer", "long"):
        return 1 if value.startswith("{") else int(value)
    if shape.type_name in ("float", "double"):
        return 1.0 if value.startswith("{") else float(value)
    if shape.type_name == "boolean":
        return {"true": True, "false": False}[value.lower()]
    # What a person still has to put in is shorter than what they put in.
    return value.ljust(shape.metadata.get("min", 0), "x") if value.startswith("{") and value.endswith("}") else value


def shorthand(shape, value, name):
    result, last = {}, None
    for part in value.split(","):
        key, separator, text = part.partition("=")
        if not separator:
            result[last].append(part)
            continue
        member = shape.members.get(key)
        if member is None:
            raise ValueError(f"--{name} has no {key}, only {', '.join(shape.members)}")
        converted = convert(member, [text], name)
        result[key], last = converted, key
    return result


def read(command):
    """The service, the operation, its parameters and the region of a command."""
    words = words_of(command)
    service, operation, options = words[0], words[1], options_of(words[2:])
    model = model_of(SERVICES.get(service, service))
    renamed = {}
    if (service, operation) in OWN:
        operation_name, renamed = OWN[service, operation]
    else:
        known = {xform_name(name, "-"): name for name in model.operation_names}
        if operation not in known:
            raise ValueError(f"{service} has no {operation}")
        operation_name = known[operation]
    shape = model.operation_model(operation_name).input_shape
    members = {xform_name(member, "-"): (member, of) for member, of in (shape.members if shape else {}).items()}
    members.update({option: (member, shape.members[member]) for option, member in renamed.items()})
    parameters = {}
    for option, values in options.items():
        if option in GLOBAL_OPTIONS and option not in members:
            continue
        plain = option.removeprefix("no-") if option not in members else option
        if plain not in members:
            raise ValueError(f"{service} {operation} has no --{option}, only {', '.join(sorted(members))}")
        member, of = members[plain]
        if of.type_name == "boolean":
            if values:
                raise ValueError(f"--{option} takes no value")
            parameters[member] = option == plain
        elif of.type_name == "structure" and list(of.members) == ["Value"] and "=" not in "".join(values):
            parameters[member] = {"Value": convert(of.members["Value"], values, option)}
        else:
            parameters[member] = convert(of, values, option)
    problems = ParamValidator().validate(parameters, shape) if shape else None
    if problems and problems.has_errors():
        raise ValueError(problems.generate_report())
    return model, operation_name, parameters, (options.get("region") or ["us-east-1"])[0]


def main(file, endpoint=None, key=None, secret=None):
    answers = []
    with open(file, encoding="utf-8") as commands:
        for command in json.load(commands):
            answer = {"command": command}
            answers.append(answer)
            try:
                model, operation, parameters, region = read(command)
            except (ValueError, KeyError, IndexError, botocore.exceptions.BotoCoreError) as error:
                answer["problem"] = f"{type(error).__name__}: {error}"
                continue
            prefix = model.signing_name
            answer.update(permission=f"{PREFIXES.get(prefix, prefix)}:{operation}", parameters=parameters)
            if endpoint is None:
                continue
            client = SESSION.create_client(
                model.service_name, region_name=region, endpoint_url=endpoint, aws_access_key_id=key, aws_secret_access_key=secret,
                config=botocore.config.Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}))
            try:
                answer["answer"] = client._make_api_call(operation, parameters)
                answer["answer"].pop("ResponseMetadata")
            except botocore.exceptions.ClientError as error:
                answer["error"] = f"{error.response['Error'].get('Code')}: {error.response['Error'].get('Message')}"
    json.dump(answers, sys.stdout, default=str)


main(*sys.argv[1:])
