"""Holds the table of corrections against the tests: each entry is documented, and a test fails without it."""

import io
import unittest

from responsekit_emulator.corrections import TABLE, switched_off, unknown_names

from . import harness

LOADER = unittest.TestLoader()


def covering_tests() -> dict[str, list[unittest.TestCase]]:
    """The tests that say they cover a correction, by its name."""
    found: dict[str, list[unittest.TestCase]] = {}
    pending = list(LOADER.discover(__file__.rpartition("/")[0], top_level_dir=__file__.rpartition("/tests/")[0]))
    while pending:
        entry = pending.pop()
        if isinstance(entry, unittest.TestSuite):
            pending.extend(entry)
        else:
            for name in getattr(getattr(entry, entry._testMethodName, None), "covers", ()):
                found.setdefault(name, []).append(entry)
    return found


def fails_without(name: str, tests: list[unittest.TestCase]) -> list[str]:
    """Those tests that pass although the correction is off."""
    emulator = harness.Emulator([name])
    former, harness.EmulatorTest.emulator = harness.EmulatorTest.emulator, emulator
    try:
        passed = []
        for test in tests:
            result = unittest.TextTestRunner(stream=io.StringIO()).run(test)
            if result.wasSuccessful():
                passed.append(test.id())
        return passed
    finally:
        harness.EmulatorTest.emulator = former
        emulator.stop()


class Corrections(unittest.TestCase):
    """The table itself."""

    def test_every_correction_is_documented(self) -> None:
        for entry in TABLE.values():
            with self.subTest(entry.name):
                self.assertRegex(entry.name, r"^[a-z0-9-]+\.[a-z0-9-]+$")
                self.assertTrue(entry.stock and entry.aws)
                self.assertRegex(entry.page, r"^https://docs\.aws\.amazon\.com/\S+$")
                self.assertTrue(entry.apply.__doc__)

    def test_no_test_covers_what_does_not_exist(self) -> None:
        self.assertEqual(set(), set(covering_tests()) - set(TABLE))

    def test_names_groups_and_patterns_switch_off(self) -> None:
        self.assertTrue(switched_off("ec2.states", ["ec2.states"]))
        self.assertTrue(switched_off("ec2.states", ["ec2"]))
        self.assertTrue(switched_off("ec2.states", ["*"]))
        self.assertFalse(switched_off("ec2.states", ["ecs", "ec2.state"]))
        self.assertEqual(["ec2.state"], unknown_names(["ec2.states", "ec2.state", "ec2"]))

    def test_every_correction_has_a_test_that_fails_without_it(self) -> None:
        covered = covering_tests()
        for name in TABLE:
            with self.subTest(name):
                self.assertIn(name, covered, "no test covers it")
                self.assertEqual([], fails_without(name, covered[name]), "these tests pass without it")
