"""Reads commands of the AWS command line as a shell and that command line do, and makes their calls.

Usage: python aws_commands.py FILE [ENDPOINT KEY SECRET]

FILE is a JSON list of command lines. Without an endpoint each is only checked against the API's model. Writes a JSON list: for each command its service, the operation
and its IAM prefix, what is wrong with it, and what the endpoint answered.
"""

import json
import os
import subprocess
import sys

import botocore.config
import botocore.exceptions
import botocore.session
import botocore.waiter
import jmespath
from botocore import xform_name
from botocore.validate import ParamValidator

SERVICES = {"configservice": "config", "s3api": "s3"}
# Commands that the command line has of its own: the operation, and its parameters by option.
OWN = {
    ("emr", "terminate-clusters"): ("TerminateJobFlows", {"cluster-ids": "JobFlowIds"}),
    ("emr", "modify-cluster-attributes"): ("SetTerminationProtection", {"cluster-id": "JobFlowIds", "termination-protected": "TerminationProtected"}),
}
PREFIXES = {"monitoring": "cloudwatch"}
GLOBAL_OPTIONS = {"region", "query", "max-items", "output"}

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
    if shape.type_name == "list" and not (len(values) == 1 and values[0].startswith(("file://", "["))):
        return [json.loads(value) if value.startswith("{") else shorthand(shape.member, value, name) for value in values]
    if len(values) != 1:
        raise ValueError(f"--{name} takes one value, not {values}")
    value = values[0]
    if value.startswith(("file://", "fileb://")) and os.path.exists(value.split("//", 1)[1]):
        with open(value.split("//", 1)[1], "rb") as file:
            content = file.read()
        return content if shape.type_name == "blob" else content.decode() if shape.type_name == "string" else json.loads(content)
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
    return understood(words[0], words[1], options_of(words[2:]))


def understood(service, operation, options):
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
    if (service, operation) == ("ec2", "run-instances") and "count" in options:
        parameters["MinCount"] = parameters["MaxCount"] = int(options.pop("count")[0])
    if (service, operation) == ("lambda", "create-function") and "zip-file" in options:
        parameters["Code"] = {"ZipFile": convert(shape.members["Code"].members["ZipFile"], options.pop("zip-file"), "zip-file")}
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
        elif of.type_name == "structure" and list(of.members) == ["Value"] and not values:
            parameters[member] = {"Value": option == plain}
        elif of.type_name == "structure" and list(of.members) == ["Value"] and "=" not in "".join(values):
            parameters[member] = {"Value": convert(of.members["Value"], values, option)}
        else:
            parameters[member] = convert(of, values, option)
    problems = ParamValidator().validate(parameters, shape) if shape else None
    if problems and problems.has_errors():
        raise ValueError(problems.generate_report())
    return model, operation_name, parameters, (options.get("region") or ["us-east-1"])[0]


def command_line(words, endpoint, report):
    """Does what `aws` does with these words; the keys are in the surroundings. Reports each operation, and returns the exit code."""
    words = list(words)
    service, operation, rest = words[0], words[1], words[2:]
    waits = operation == "wait"
    if waits:
        waiter, rest = rest[0], rest[1:]
    # What stands alone is the file that an answer with a body goes to.
    outfile = rest.pop() if (service, operation) == ("lambda", "invoke") else None
    options = options_of(rest)
    try:
        if waits:
            config = botocore.waiter.WaiterModel(SESSION.get_component("data_loader").load_service_model(SERVICES.get(service, service), "waiters-2"))
            operation = xform_name(config.get_waiter({xform_name(name, "-"): name for name in config.waiter_names}[waiter]).operation, "-")
        model, operation, parameters, _ = understood(service, operation, options)
    except (ValueError, KeyError, IndexError, botocore.exceptions.BotoCoreError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 252
    region = (options.get("region") or [os.environ.get("AWS_REGION") or os.environ["AWS_DEFAULT_REGION"]])[0]
    client = SESSION.create_client(
        model.service_name, region_name=region, endpoint_url=endpoint, config=botocore.config.Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}))
    try:
        if waits:
            client.get_waiter(xform_name(waiter.replace("-", "_"))).wait(**parameters)
            answer = {}
        elif client.can_paginate(xform_name(operation)):
            answer = client.get_paginator(xform_name(operation)).paginate(**parameters).build_full_result()
        else:
            answer = client._make_api_call(operation, parameters)
    except botocore.exceptions.ClientError as error:
        report(model, operation, error.response["Error"].get("Code"), error.response["Error"].get("Message"))
        print(error, file=sys.stderr)
        return 254
    report(model, operation, None, None)
    answer.pop("ResponseMetadata", None)
    if outfile:
        with open(outfile, "wb") as file:
            file.write(answer.pop("Payload").read())
    # Times are text before anything is asked of them.
    answer = json.loads(json.dumps(answer, default=lambda value: value.isoformat() if hasattr(value, "isoformat") else str(value)))
    if "query" in options:
        answer = jmespath.search(options["query"][0], answer)
    if options.get("output") == ["text"]:
        print_text(answer)
    elif answer:
        print(json.dumps(answer, indent=4))
    return 0


def print_text(answer):
    if not isinstance(answer, list):
        print(answer)
    elif any(isinstance(row, list) for row in answer):
        for row in answer:
            print_text(row)
    elif answer:
        print("\t".join(str(one) for one in answer))


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


if __name__ == "__main__":
    main(*sys.argv[1:])
