"""Puts the emulator together: moto, corrected, behind the middleware."""

import logging
from collections.abc import Iterable

from moto.core.authorization import ActionAuthenticatorMixin
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from . import corrections, services
from .identity import keys, propagation, sessions
from .middleware import Application


def build(off: Iterable[str]) -> Application:
    """Corrects moto, apart from `off`, and returns the application to serve."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    services.load()
    keys.install()
    sessions.install()
    propagation.install()
    # Enforcement happens in the middleware, where the whole call and the right error shape are known.
    ActionAuthenticatorMixin._authenticate_and_authorize_action = lambda *_, **__: None
    corrections.apply_all(off)

    def backend(service):  # type: ignore[no-untyped-def]
        if service is None:
            raise NotImplementedError("moto has no such service")
        app = create_backend_app(service)
        app.config["PROPAGATE_EXCEPTIONS"] = True  # the middleware answers for them
        return app

    return Application(DomainDispatcherApplication(backend))
