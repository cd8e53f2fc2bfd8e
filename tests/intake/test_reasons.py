"""A thousand rows that are refused for one reason are one reason."""

import pytest

from annotation_server.intake.import_report import ImportReport
from annotation_server.intake.reasons import reason_of


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("There is no file 'it's.jpg'.", "There is no file '…'."),
        ("'a.txt' cannot be read (a (b) c).", "'…' cannot be read (…)."),
        (
            "The file has 300,123,456 bytes; at most 268,435,456 are taken.",
            "The file has … bytes; at most 268,435,456 are taken.",
        ),
        ("The address answers 404.", "The address answers 404."),
        ('Unknown split "it\'s": use train or eval.', "Unknown split '…': use train or eval."),
        ("Its row's text is not UTF-8.", "Its row's text is not UTF-8."),
    ],
)
def test_what_differs_from_row_to_row_is_left_out(message: str, reason: str) -> None:
    assert reason_of(message) == reason


def test_reasons_are_few_and_have_an_example() -> None:
    report = ImportReport()
    for number in range(2_000):
        name = f"{number}\x00.jpg"
        report.refuse(number=number, name=name, reason=f"There is no file '{name}'.", texts=2)
        report.refuse(number=number, name=name, reason=f"Reason {'x' * (number % 200)}.")
    found = ImportReport.resumed(saved=report.to_save(), journal=None).as_json()
    assert found["reasons"]["There is no file '…'."] == 2_000
    assert found["examples"]["There is no file '…'."] == "row 0, 0\ufffd.jpg: There is no file '0\ufffd.jpg'."
    assert len(found["reasons"]) <= 101
    assert found["left_texts"]["Its row was refused."]["count"] == 4_000
