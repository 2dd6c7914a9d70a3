#!/usr/bin/env python3
"""Writes standins/<package>/Generated from the API models that come with botocore.

  generate.py                              every member of the operations in operations.json
  generate.py --used-by src tests ...      only members and types that the C# files below these folders name
  generate.py --used-by src tests --strike the same, and strikes from operations.json the operations that nothing names
"""

import argparse
import json
import os
import shutil

import csharp
import used
from model import Model

HERE = os.path.dirname(os.path.abspath(__file__))
STANDINS = os.path.dirname(HERE)
OPERATIONS = os.path.join(HERE, "operations.json")


def write(folder, files):
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in files.items():
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--used-by", nargs="+", metavar="FOLDER", help="keep only what the C# files here name")
    parser.add_argument("--strike", action="store_true", help="with --used-by: drop operations that nothing names")
    arguments = parser.parse_args()
    with open(OPERATIONS, encoding="utf-8") as file:
        wanted = json.load(file)
    for package, operations in wanted.items():
        model = Model(package, operations)
        if arguments.used_by:
            names = used.identifiers([*arguments.used_by, os.path.join(STANDINS, package)])
            unused = used.unused_operations(model, names)
            if unused and arguments.strike:
                wanted[package] = [name for name in operations if name not in unused]
                model = Model(package, wanted[package])
            elif unused:
                print(f"{package}: nothing names {', '.join(unused)}")
            used.prune(model, names)
        files = csharp.files(model)
        write(os.path.join(STANDINS, package, "Generated"), files)
        lines = sum(text.count("\n") for text in files.values())
        print(f"{package}: {len(model.operations)} operations, {len(files)} files, {lines} lines")
    with open(OPERATIONS, "w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps({package: sorted(names) for package, names in sorted(wanted.items())}, indent=2) + "\n")


if __name__ == "__main__":
    main()
