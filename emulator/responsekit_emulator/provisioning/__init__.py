"""What CloudFormation makes of the resources in a template: by the API of each service, one module per service."""

import importlib
import pkgutil


def load() -> None:
    """Imports every module of this package, which enters its kinds of resource in the table."""
    for module in sorted(found.name for found in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
