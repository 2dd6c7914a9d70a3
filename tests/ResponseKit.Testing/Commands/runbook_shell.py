"""Runs runbooks as a person does: each in a shell of its own, block after block, with `aws` pointed at the emulated AWS.

Usage: python runbook_shell.py ENDPOINT WORLD SHELL FOLDER NAME=ACCOUNT... [--reader]

Each NAME is that of a runbook, FOLDER/NAME.md: its blocks of commands, and the commands in its sentences, in their order. WORLD is a file with what runbooks name, behind
"#: ", and the commands that make it; the last word that they print takes the name's place. Only what a runbook names is made, and 111122223333 is its ACCOUNT.

`aws` and `responsekit` are two small programs on the PATH that hand their words, surroundings and open files to one process, which forks for each: the command line's
models are loaded once, and all cores are used. `responsekit` only notes its words. The command line is AWS's own (the package awscli) where Python has it; where not, or with --reader, the one of
aws_commands.py, which knows the same models. Writes JSON: for each runbook the calls with their exit code, operations and errors, and what the shell said.
"""

import concurrent.futures
import contextlib
import gc
import io
import json
import marshal
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import traceback

import aws_commands
from botocore import xform_name
from botocore.exceptions import DataNotFoundError, UnknownServiceError

try:
    import awscli.clidriver
except ImportError:
    awscli = None

# The interpreter's path may be longer than what a script's first line takes, or have spaces.
SHIM = """#!/bin/sh
exec '{python}' -I -S '{script}' {name} "$@"
"""
# Started for each command, so it asks for nothing but what is part of the interpreter.
ASK = """import _socket, marshal, os, sys
s = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
s.connect({path!r})
files = b"".join(file.to_bytes(4, sys.byteorder) for file in (0, 1, 2))
s.sendmsg([b"+"], [(_socket.SOL_SOCKET, _socket.SCM_RIGHTS, files)])
s.sendall(marshal.dumps([sys.argv[1], sys.argv[2:], dict(os.environ), os.getcwd()]))
s.shutdown(_socket.SHUT_WR)
code = s.recv(1)
os._exit(code[0] if code else 255)
"""
SERVICES = ("autoscaling", "cloudtrail", "ec2", "ecs", "guardduty", "iam", "lambda", "organizations", "s3api", "sts")
WARMING = (
    "ec2 describe-regions", "iam list-users", "cloudtrail describe-trails", "ecs list-clusters", "autoscaling describe-auto-scaling-groups",
    "lambda list-functions", "s3api list-buckets", "organizations describe-organization", "guardduty list-detectors")


PLACE = r"(?<![\w-]){}(?![\w-])"


def named(of, text):
    return re.search(PLACE.format(re.escape(of)), text)


class Program:
    """Answers the shims: a process with one thread, which forks for each."""

    def __init__(self, folder, endpoint, reader):
        self.folder, self.endpoint, self.reader = folder, endpoint, reader or awscli is None
        path = os.path.join(folder, "socket")
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(path)
        self.server.listen(64)
        self.bin = os.path.join(folder, "bin")
        os.mkdir(self.bin)
        script = os.path.join(folder, "ask.py")
        with open(script, "w", encoding="utf-8") as file:
            file.write(ASK.format(path=path))
        for name in ("aws", "responsekit"):
            shim = os.path.join(self.bin, name)
            with open(shim, "w", encoding="utf-8") as file:
                file.write(SHIM.format(python=sys.executable, script=script, name=name))
            os.chmod(shim, 0o755)
        self.process = os.fork()
        if self.process == 0:
            self.load()
            while True:
                connection, _ = self.server.accept()
                if os.fork() == 0:
                    self.answer(connection)
                connection.close()
                with contextlib.suppress(ChildProcessError):
                    while os.waitpid(-1, os.WNOHANG)[0]:
                        pass

    def end(self):
        os.kill(self.process, signal.SIGTERM)
        os.waitpid(self.process, 0)

    def calls_of(self, runbook):
        try:
            with open(os.path.join(self.folder, "calls-" + runbook.replace("/", "-")), encoding="utf-8") as file:
                return [json.loads(line) for line in file]
        except FileNotFoundError:
            return []

    def load(self):
        """Reads what every call needs once, before anything is forked: a first call takes ten times as long as a second."""
        loader = aws_commands.SESSION.get_component("data_loader")
        if not self.reader:
            self.driver = awscli.clidriver.create_clidriver()
            self.driver.session.register_component("data_loader", loader)
            os.environ.update({"AWS_ACCESS_KEY_ID": "AKIAROOT" + "0" * 12, "AWS_SECRET_ACCESS_KEY": "any", "AWS_DEFAULT_REGION": "us-east-1"})
            for words in WARMING:
                with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                    self.driver.main(["--endpoint-url", self.endpoint, *words.split()])
            # The session has the key of that account by now, and each call brings its own.
            self.driver.session._credentials = None  # pylint: disable=protected-access
        for service in SERVICES:
            for kind in ("service-2", "paginators-1", "waiters-2"):
                with contextlib.suppress(UnknownServiceError, DataNotFoundError):
                    loader.load_service_model(aws_commands.SERVICES.get(service, service), kind)
        gc.collect()
        gc.freeze()

    def answer(self, connection):
        call, operations = {"code": 255}, []
        gc.disable()
        try:
            _, files, _, _ = socket.recv_fds(connection, 1, 3)
            text = b""
            while part := connection.recv(65536):
                text += part
            name, words, environment, folder = marshal.loads(text)
            call |= {"program": name, "words": words, "operations": operations}
            for at, file in enumerate(files):
                os.dup2(file, at)
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(folder)
            sys.stdout = io.TextIOWrapper(open(1, "wb", closefd=False))
            sys.stderr = io.TextIOWrapper(open(2, "wb", buffering=0, closefd=False), write_through=True)
            try:
                call["code"] = 0 if name != "aws" else self.read(words, operations) if self.reader else self.run(words, operations)
            except SystemExit as end:
                call["code"] = end.code if isinstance(end.code, int) else 252
            sys.stdout.flush()
        except BrokenPipeError:
            call["code"] = 0
        except BaseException:  # pylint: disable=broad-exception-caught
            traceback.print_exc()
        finally:
            with open(os.path.join(self.folder, "calls-" + os.environ["RUNBOOK"].replace("/", "-")), "a", encoding="utf-8") as log:
                log.write(json.dumps(call) + "\n")
            connection.sendall(bytes([(call["code"] or 0) & 255]))
            os._exit(0)

    def run(self, words, operations):
        def after(http_response, parsed, model, **_):
            error = parsed.get("Error") or {}
            operations.append({
                "operation": f"{model.service_model.signing_name}:{model.name}", "status": http_response.status_code,
                "error": error.get("Code") if http_response.status_code >= 300 else None, "message": error.get("Message")})

        self.driver.session.register("after-call", after)
        return self.driver.main(["--endpoint-url", self.endpoint, *words])

    def read(self, words, operations):
        """The same without AWS's own command line."""
        def report(model, operation, error, message):
            operations.append({"operation": f"{model.signing_name}:{operation}", "status": 400 if error else 200, "error": error, "message": message})

        return aws_commands.command_line(words, self.endpoint, report)


def blocks_of(text):
    """The commands of a runbook: blocks of them, and what stands in a sentence."""
    for at, part in enumerate(re.split(r"^```", text, flags=re.MULTILINE)):
        if at % 2 == 0:
            yield from (" ".join(command.split()) for command in re.findall(r"`(aws [^`]+)`", part) if len(command.split()) > 3)
        elif part.startswith(("sh\n", "bash\n", "console\n")):
            yield part.partition("\n")[2]


def mentioned(text):
    """What is wrong with commands that are only named, such as `aws ec2 modify-fleet`."""
    for command in {command for part in re.split(r"^```", text, flags=re.MULTILINE)[::2] for command in re.findall(r"`(aws [^`]+)`", part)}:
        words = command.split()
        if len(words) == 3:
            try:
                names = aws_commands.model_of(aws_commands.SERVICES.get(words[1], words[1])).operation_names
                if words[2] not in {xform_name(name, "-") for name in names}:
                    yield f"`{command}`: there is no such command"
            except UnknownServiceError as error:
                yield f"`{command}`: {error}"


def world_of(text):
    """What can be made: the name and the commands."""
    return [{"of": of.strip(), "make": make.strip()} for of, _, make in (row.strip().partition("\n") for row in re.split(r"^#: ", text, flags=re.MULTILINE)[1:])]


def run(name, account, markdown, program, world, shell, folder):
    os.mkdir(folder)
    environment = {
        "PATH": program.bin + ":/usr/local/bin:/usr/bin:/bin", "RUNBOOK": name, "PYTHON": sys.executable, "HOME": folder, "AWS_ACCESS_KEY_ID": "AKIAROOT" + account, "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_DEFAULT_REGION": "us-east-1", "AWS_PAGER": "", "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1", "LC_ALL": "C.UTF-8",
    }

    def ask(script):
        return subprocess.run([*shlex.split(shell), "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False, stdin=subprocess.DEVNULL)

    blocks = list(blocks_of(markdown))
    text = "\n".join(blocks)
    wanted = []
    # From the last to the first: what a row's commands name is further up.
    for row in reversed(world):
        if named(row["of"], text) or any(named(row["of"], other["make"]) for other in wanted):
            wanted.insert(0, row)
    names = {}

    def filled(script):
        script = script.replace("111122223333", account)
        for placeholder, value in names.items():
            script = re.sub(PLACE.format(re.escape(placeholder)), value.replace("\\", ""), script)
        return script

    problems = list(mentioned(markdown))
    for row in wanted:
        made = ask("set -e\n" + filled(row["make"]))
        if made.returncode != 0:
            problems.append(f"making {row['of']}: {made.stderr.strip()}")
        elif "--output text" in row["make"].splitlines()[-1]:
            names[row["of"]] = made.stdout.split()[-1]
    before = len(program.calls_of(name))
    ran = ask("set -u\n" + "\n".join(filled(block) for block in blocks))
    return {
        "name": name, "blocks": len(blocks), "written": sum(len(re.findall(r"^(?:aws|responsekit) ", block, re.MULTILINE)) for block in blocks), "made": len(wanted), "calls": program.calls_of(name)[before:], "problems": problems, "code": ran.returncode, "output": ran.stdout[-20000:],
        "errors": [line for line in ran.stderr.splitlines() if line.strip()]}


def main(endpoint, world, shell, folder, *runbooks):
    def read(file):
        with open(file, encoding="utf-8") as text:
            return text.read()

    world = world_of(read(world))
    named = [runbook.partition("=")[::2] for runbook in runbooks if "=" in runbook]
    with tempfile.TemporaryDirectory() as home:
        program = Program(home, endpoint, "--reader" in runbooks)
        try:
            with concurrent.futures.ThreadPoolExecutor(3) as pool:
                answers = list(pool.map(
                    lambda pair: run(*pair[1], read(os.path.join(folder, pair[1][0] + ".md")), program, world, shell, os.path.join(home, f"home{pair[0]}")),
                    enumerate(named)))
        finally:
            program.end()
    json.dump({"by": "aws_commands.py" if program.reader else f"awscli {awscli.__version__}", "runbooks": answers}, sys.stdout)


main(*sys.argv[1:])
