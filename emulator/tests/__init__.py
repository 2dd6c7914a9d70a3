"""Tests of the emulator, over HTTP with boto3: python3 -m unittest discover -s emulator/tests -t emulator."""
