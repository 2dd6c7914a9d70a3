"""Puts the emulator together: moto, corrected, behind the middleware."""

import functools
import logging
from collections.abc import Iterable

from moto.core import responses
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

    dispatcher = DomainDispatcherApplication(backend)
    _speed_up(dispatcher)
    return Application(dispatcher)


def _speed_up(dispatcher: DomainDispatcherApplication) -> None:
    """Half of the time of a call goes into finding the service by its host name and listing its methods, each anew."""
    dispatcher.get_backend_for_host = functools.cache(dispatcher.get_backend_for_host)
    responses.method_names_from_class = functools.cache(responses.method_names_from_class)
