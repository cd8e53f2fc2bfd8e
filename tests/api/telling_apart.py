"""Whether two kinds of things can be told apart by their fields: two guessers, against themselves with the labels shuffled.

Only things of the same person are compared, and labels are shuffled among them: that some people got more of one kind does not
tell them which ones.

One guesser looks at each field alone, the other (a random forest, judged by the trees that did not see a row) at all of them.
"""

from collections import Counter
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.ensemble import RandomForestClassifier

Fields = dict[str, float | str]
SHUFFLES = 500
FORESTS = 20
TREES = 25


def flattened(value: Any, name: str = "") -> Fields:
    """Numbers and words of a JSON value under their paths; of a list its length and, if they are numbers, its figures."""
    if isinstance(value, dict):
        return {path: one for key in value for path, one in flattened(value[key], f"{name}.{key}").items()}
    if isinstance(value, list):
        found: Fields = {f"{name}.length": len(value)}
        for place, one in enumerate(value[:2]):
            found |= flattened(one, f"{name}.{place}")
        return found
    if isinstance(value, bool | int | float):
        return {name: float(value)}
    return {name: "null" if value is None else value}


def table(notes: list[list[Fields]]) -> tuple[list[str], NDArray[np.float64]]:
    """A column per field that differs at all: numbers as they are, of words which one it is, and how often a person meets the
    same. `notes` are each person's, in turn."""
    rows = [row for of_person in notes for row in of_person]
    columns: dict[str, list[float]] = {}
    for name in sorted({name for row in rows for name in row}):
        values = [row.get(name, "missing") for row in rows]
        columns[name] = [value if isinstance(value, float | int) else -1.0 for value in values]
        columns[f"how often {name}"] = [
            float(count)
            for of_person in notes
            for met in [Counter(row.get(name, "missing") for row in of_person)]
            for count in (met[row.get(name, "missing")] for row in of_person)
        ]
        common = Counter(value for value in values if isinstance(value, str))
        for word in sorted(word for word, times in common.items() if times > 1):
            columns[f"{name} is {word!r}"] = [float(value == word) for value in values]
    differing = {name: column for name, column in columns.items() if len(set(column)) > 1}
    return list(differing), np.nan_to_num(np.array(list(differing.values())).T)


def tell_tales(*, notes: list[list[Fields]], labels: list[bool]) -> dict[str, float]:
    """Each single field that tells more than the best of chance does in 99 of 100 cases, with its AUC (0.5 is chance)."""
    names, values = table(notes)
    truth, whose = np.array(labels), _whose(notes)
    ranks = _ranks(values, whose)
    lot = np.random.default_rng(1)
    best = [_either_way(ranks, _shuffled(truth, whose, lot), whose).max() for _ in range(SHUFFLES)]
    bound = float(np.quantile(best, 0.99))
    told = _either_way(ranks, truth, whose)
    return {name: round(float(auc), 3) for name, auc in zip(names, told, strict=True) if auc > bound}


def chance_of_the_forest(*, notes: list[list[Fields]], labels: list[bool]) -> tuple[float, float]:
    """The forest's AUC, and how often it does as well with shuffled labels (1/21 at the least)."""
    _, values = table(notes)
    truth, whose = np.array(labels), _whose(notes)
    lot = np.random.default_rng(2)
    told = _auc_of_forest(values, truth, whose)
    shuffled = [_shuffled(truth, whose, lot) for _ in range(FORESTS)]
    as_well = sum(_auc_of_forest(values, one, whose) >= told for one in shuffled)
    return round(told, 3), (as_well + 1) / (FORESTS + 1)


def _whose(notes: list[list[Fields]]) -> NDArray[np.int64]:
    """The number of the person, of each row."""
    return np.repeat(np.arange(len(notes)), [len(of_person) for of_person in notes])


def _shuffled(
    truth: NDArray[np.bool_], whose: NDArray[np.int64], lot: np.random.Generator
) -> NDArray[np.bool_]:
    ends = np.flatnonzero(np.diff(whose)) + 1
    return np.concatenate([lot.permutation(part) for part in np.split(truth, ends)])


def _ranks(values: NDArray[np.float64], whose: NDArray[np.int64]) -> NDArray[np.float64]:
    """Among the rows of the same person."""
    ranks: NDArray[np.float64] = pd.DataFrame(values).groupby(whose).rank().to_numpy()
    return ranks


def _aucs(
    ranks: NDArray[np.float64], truth: NDArray[np.bool_], whose: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Of each field: in how many pairs of two rows of one person, one of either kind, the larger value is the true one's."""
    ones, rows = np.bincount(whose, weights=truth), np.bincount(whose)
    wins = ranks[truth].sum(axis=0) - (ones * (ones + 1) / 2).sum()
    aucs: NDArray[np.float64] = wins / (ones * (rows - ones)).sum()
    return aucs


def _either_way(
    ranks: NDArray[np.float64], truth: NDArray[np.bool_], whose: NDArray[np.int64]
) -> NDArray[np.float64]:
    told: NDArray[np.float64] = _aucs(ranks, truth, whose)
    return np.maximum(told, 1 - told)


def _auc_of_forest(values: NDArray[np.float64], truth: NDArray[np.bool_], whose: NDArray[np.int64]) -> float:
    forest = RandomForestClassifier(
        n_estimators=TREES,
        min_samples_leaf=3,
        oob_score=True,
        random_state=3,
        class_weight="balanced_subsample",
    )
    forest.fit(values, truth)
    guess = np.nan_to_num(forest.oob_decision_function_[:, 1], nan=0.5)
    return float(_aucs(_ranks(guess[:, np.newaxis], whose), truth, whose)[0])


def figures_of_pieces(draft: dict[str, Any] | None) -> Fields:
    """What the shading of a draft says beyond its words."""
    if not draft:
        return {}
    unsure = draft["pieces"][1::2]
    return {
        "pieces.unsure": len(unsure),
        "pieces.share": sum(map(len, unsure)) / len(draft["text"]),
        "pieces.begin": float(draft["pieces"][0] == ""),
        "pieces.end": float(len(draft["pieces"]) % 2 == 0),
        "pieces.capitals": sum(piece[:1].isupper() for piece in unsure),
        "pieces.neighbours": sum(not piece.strip() for piece in draft["pieces"][2:-1:2]),
        "pieces.parts of words": sum(
            before[-1:].isalnum() and after[:1].isalnum() for before, after in pairwise(draft["pieces"])
        ),
        "pieces.the text": float("".join(draft["pieces"]) == draft["text"]),
    }
