"""The program as it is started."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import unittest
import urllib.request
from http.client import HTTPConnection

ROOT = __file__.rpartition("/tests/")[0]


def free_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(*arguments: str) -> subprocess.Popen[str]:
    """Starts the program."""
    return subprocess.Popen([sys.executable, "-m", "responsekit_emulator", *arguments], text=True,
                            env={**os.environ, "PYTHONPATH": ROOT}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE)


def wait_until_ready(process: subprocess.Popen[str], port: int) -> dict[str, object]:
    """Polls the health page."""
    limit = time.monotonic() + 60
    while time.monotonic() < limit and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/rk/health", timeout=5) as answer:
                return json.loads(answer.read())
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"not ready: {process.communicate()[1]}")


class CommandLine(unittest.TestCase):
    """Starting and ending."""

    def running(self, *arguments: str) -> tuple[subprocess.Popen[str], int]:
        """A program that serves."""
        port = free_port()
        process = start("--port", str(port), "--quiet", *arguments)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.assertEqual(process.pid, wait_until_ready(process, port)["pid"])
        return process, port

    def finished(self, process: subprocess.Popen[str]) -> tuple[int, str, str]:
        """Exit code and output."""
        out, error = process.communicate(timeout=60)
        return process.returncode, out, error

    def test_signals_end_it_with_success(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            process, _ = self.running()
            process.send_signal(number)
            self.assertEqual(0, process.wait(10))

    def test_it_ends_with_its_parents_pipe(self) -> None:
        process, port = self.running("--exit-with-stdin")
        self.assertIsNone(process.poll())
        process.stdin.close()
        self.assertEqual(0, process.wait(10))
        process.stdin = None
        with self.assertRaises(OSError):
            socket.create_connection(("127.0.0.1", port), 1)

    def test_connections_stay_open(self) -> None:
        _, port = self.running()
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        self.addCleanup(connection.close)
        sockets = set()
        for _ in range(3):
            connection.request("GET", "/rk/health")
            answer = connection.getresponse()
            answer.read()
            sockets.add(id(connection.sock))
            self.assertIsNotNone(connection.sock)
        self.assertEqual(1, len(sockets))

    def test_a_busy_port_is_a_clear_error(self) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            code, _, error = self.finished(start("--port", str(port)))
        self.assertEqual(1, code)
        self.assertIn(f"cannot listen on 127.0.0.1:{port}", error)
        self.assertNotIn("Traceback", error)

    def test_every_correction_is_listed(self) -> None:
        code, out, _ = self.finished(start("--list"))
        self.assertEqual(0, code)
        self.assertIn("ec2.launch-protection", out)
        names = re.findall(r"^[a-z0-9-]+\.[a-z0-9-]+$", out, re.MULTILINE)
        self.assertEqual(len(names), out.count("https://docs.aws.amazon.com/"))

    def test_a_correction_that_does_not_exist_cannot_be_switched_off(self) -> None:
        code, _, error = self.finished(start("--off", "ec2.no-such", "--port", str(free_port())))
        self.assertEqual(1, code)
        self.assertIn("ec2.no-such", error)
