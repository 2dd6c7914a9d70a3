"""The corrections, one module per AWS service. Importing a module enters its corrections in the table."""

import importlib
import pkgutil

from ..corrections import TABLE


def load() -> None:
    """Imports every module of this package."""
    for module in sorted(found.name for found in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")


def print_list() -> None:
    """Prints the table."""
    for entry in TABLE.values():
        print(f"{entry.name}\n    moto {entry.stock}\n    AWS  {entry.aws}\n    {entry.page}")
