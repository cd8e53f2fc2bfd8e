"""The counts at the end of `make test` are those of the reports, and an empty suite is a failure."""

from pathlib import Path

import pytest

from tests import all_suites
from tests.all_suites import Counts, read_counts

PYTEST_REPORT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="2" skipped="1" tests="10"/></testsuites>
"""
VITEST_REPORT = """<?xml version="1.0" encoding="UTF-8" ?>
<testsuites name="vitest tests" tests="5" failures="1" errors="0">
    <testsuite name="tests/a.test.ts" tests="3" failures="1" errors="0" skipped="0"/>
    <testsuite name="tests/b.test.ts" tests="2" failures="0" errors="0" skipped="0"/>
</testsuites>
"""


def test_a_report_of_pytest_and_one_of_vitest(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(PYTEST_REPORT)
    assert read_counts(report) == Counts(passed=6, failed=3, skipped=1)
    report.write_text(VITEST_REPORT)
    assert read_counts(report) == Counts(passed=4, failed=1)


def test_a_suite_that_wrote_no_report_counts_as_one_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_suites, "REPORTS", tmp_path)
    counts, _ = all_suites.run_suite(lambda report: 0)
    assert counts == Counts(failed=1)


def test_a_suite_that_failed_although_its_tests_passed_counts_as_one_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(all_suites, "REPORTS", tmp_path)

    def suite(report: Path) -> int:
        report.write_text(VITEST_REPORT.replace('failures="1"', 'failures="0"'))
        return 1

    assert all_suites.run_suite(suite)[0] == Counts(passed=5, failed=1)
