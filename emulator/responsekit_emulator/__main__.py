"""Command line: `python3 -m responsekit_emulator --port 5000`."""

import argparse
import os
import signal
import sys
import threading

from . import __version__

SUPPORTED_MOTO = "5.2.1"


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Parses the command line."""
    parser = argparse.ArgumentParser(prog="responsekit_emulator", description="An AWS to rehearse on, for one machine.")
    parser.add_argument("-H", "--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    parser.add_argument("-p", "--port", type=int, default=5000, help="port to listen on (default: %(default)s)")
    parser.add_argument("--quiet", action="store_true", help="no line per request")
    parser.add_argument("--exit-with-stdin", action="store_true", help="end when standard input reaches its end")
    parser.add_argument("--off", default=os.environ.get("RK_OFF", ""), metavar="NAMES",
                        help="corrections, groups or patterns to leave out, separated by commas (default: RK_OFF)")
    parser.add_argument("--list", action="store_true", help="print every correction and exit")
    parser.add_argument("--version", action="version", version=__version__)
    return parser.parse_args(argv)


def fail(text: str) -> int:
    """One line on standard error; the exit code for it."""
    print(f"responsekit_emulator: {text}", file=sys.stderr)
    return 1


def prepare_environment(port: int) -> None:
    """moto reads these when it is imported."""
    os.environ["MOTO_PORT"] = str(port)  # Step Functions calls back here
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "false"  # 1 s and 27 MB per account; see iam.managed-policies
    os.environ.setdefault("MOTO_EC2_LOAD_DEFAULT_AMIS", "false")  # 0.1 s and 9 MB per account and region
    os.environ["MOTO_DISABLE_GLOBAL_CORS"] = "true"  # no browser calls here
    os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "MOTO_ACCOUNT_ID", "INITIAL_NO_AUTH_ACTION_COUNT"):
        os.environ.pop(name, None)


def end_with_stdin() -> None:
    """Ends the process when whoever holds the other end of standard input is gone."""

    def watch() -> None:
        try:
            while sys.stdin.buffer.read(65536):
                pass
        finally:
            os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


def main(argv: list[str] | None = None) -> int:
    """Runs the emulator until it is told to end; returns the exit code."""
    options = arguments(argv)
    prepare_environment(options.port)
    try:
        import moto
    except ImportError:
        return fail(f"moto is missing. Install it: python3 -m pip install 'moto[server]=={SUPPORTED_MOTO}'")
    if moto.__version__ != SUPPORTED_MOTO:
        return fail(f"moto {moto.__version__} is installed, but the corrections are written for {SUPPORTED_MOTO}. "
                    f"Install it: python3 -m pip install 'moto[server]=={SUPPORTED_MOTO}'")
    from . import corrections, services

    services.load()
    if options.list:
        services.print_list()
        return 0
    off = [name.strip() for name in options.off.split(",") if name.strip()]
    unknown = corrections.unknown_names(off)
    if unknown:
        return fail(f"--off names no correction: {', '.join(unknown)} (see --list)")
    return serve(options, off)


def serve(options: argparse.Namespace, off: list[str]) -> int:
    """Listens, then corrects moto, then serves."""
    from .application import build
    from .http_server import Server

    try:
        server = Server((options.host, options.port), build(off), options.quiet)
    except OSError as error:
        return fail(f"cannot listen on {options.host}:{options.port}: {error.strerror or error}. "
                    "Choose another --port, or end what uses this one.")
    except OverflowError:
        return fail(f"--port {options.port} is not a port: 1 to 65535")

    def end(*_: object) -> None:
        os._exit(0)  # nothing is kept on disk; waiting for open connections would only delay the end

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    if options.exit_with_stdin:
        end_with_stdin()
    if not options.quiet:
        print(f"listening on http://{options.host}:{server.server_address[1]}", file=sys.stderr)
    server.serve_forever(poll_interval=0.5)
    return 0


if __name__ == "__main__":
    sys.exit(main())
