"""A small HTTP/1.1 server for one WSGI application.

Werkzeug's development server closes every connection after one answer; SDKs then pay a new connection per call.
This one keeps connections open, reads each body whole before the application runs, and sends an answer in one write.
"""

import io
import socket
import socketserver
import sys
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import unquote_to_bytes

MAXIMUM_BODY = 512 * 1024 * 1024


class DropConnection(Exception):
    """Raised by the application to end the connection without an answer."""


class Handler(BaseHTTPRequestHandler):
    """Serves the requests of one connection, one after another."""

    protocol_version = "HTTP/1.1"
    server_version = "ResponseKitEmulator"
    sys_version = ""
    timeout = 120
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class names it so
        if not self.server.quiet:
            sys.stderr.write(f"{self.address_string()} {format % args}\n")

    def serve(self) -> None:
        """Runs the application for one request, whatever its method."""
        body = self._read_body()
        if body is None:
            return
        answer: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], None]:
            answer["status"], answer["headers"] = status, headers
            return lambda _: None

        try:
            parts = self.server.application(self._environment(body), start)
            content = b"".join(parts)
            if hasattr(parts, "close"):
                parts.close()
        except DropConnection:
            self._drop()
            return
        self._send(answer["status"], answer["headers"], content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = serve

    def _drop(self) -> None:
        """Ends the connection in the midst of an answer: one that ends before it, HTTP clients quietly try again."""
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 1000\r\n\r\n<")
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)

    def _read_body(self) -> bytes | None:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._read_chunks()
        try:
            length = int(self.headers.get("Content-Length") or 0)
        except ValueError:
            length = -1
        if not 0 <= length <= MAXIMUM_BODY:
            self.close_connection = True
            self.send_error(400, "invalid Content-Length")
            return None
        return self.rfile.read(length)

    def _read_chunks(self) -> bytes:
        body = io.BytesIO()
        while True:
            size = int(self.rfile.readline(1024).split(b";")[0].strip() or b"0", 16)
            if size == 0:
                break
            body.write(self.rfile.read(size))
            self.rfile.readline(8)
        while self.rfile.readline(65537).strip():
            pass  # trailers carry nothing that is used here
        return body.getvalue()

    def _environment(self, body: bytes) -> dict[str, Any]:
        raw = self.path if self.path.startswith("/") else "/" + self.path.split("/", 3)[-1]
        path, _, query = raw.partition("?")
        environment: dict[str, Any] = {
            "REQUEST_METHOD": self.command,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "RAW_URI": raw,
            "REQUEST_URI": raw,
            "SERVER_NAME": self.server.server_address[0],
            "SERVER_PORT": str(self.server.server_address[1]),
            "SERVER_PROTOCOL": self.request_version,
            "REMOTE_ADDR": self.client_address[0],
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            "rk.body": body,
        }
        for name, value in self.headers.items():
            variable = "HTTP_" + name.upper().replace("-", "_")
            if name.lower() not in ("content-type", "content-length", "transfer-encoding"):
                known = environment.get(variable)
                environment[variable] = f"{known},{value}" if known else value
        return environment

    def _send(self, status: str, headers: list[tuple[str, str]], content: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.log_request(code, len(content))
        self.send_response_only(int(code), reason or None)
        for name, value in headers:
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, str(value).replace("\n", " ").replace("\r", " "))
        if self.command == "HEAD":
            declared = next((value for name, value in headers if name.lower() == "content-length"), len(content))
            self.send_header("Content-Length", str(declared))
            content = b""
        elif int(code) not in (204, 304):
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def handle(self) -> None:
        """Serves until the peer is gone; a peer that goes in mid-request is no error of ours."""
        try:
            super().handle()
        except (ConnectionError, TimeoutError, BrokenPipeError):
            self.close_connection = True


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    """Listens on one address and serves each connection in a thread of its own."""

    daemon_threads = True
    request_queue_size = 256
    allow_reuse_address = True

    def __init__(self, address: tuple[str, int], application: Callable[..., Any], quiet: bool) -> None:
        self.application = application
        self.quiet = quiet
        super().__init__(address, Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that ends badly is the peer's affair; anything else is worth its traceback."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError, OSError)):
            super().handle_error(request, client_address)
