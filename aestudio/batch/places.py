"""Gives each photo of a job a file of its own for its result."""

import os
import unicodedata
from collections.abc import Collection, Sequence
from itertools import count
from pathlib import Path

from aestudio.batch.job import OutputRule
from aestudio.batch.scan import Found
from aestudio.images.atomic import shortened
from aestudio.images.naming import stem, suffix_for


class Places:
    """Names for results: no two photos to one file, none to an original; given once, they stay."""

    def __init__(self, rule: OutputRule, task: str, model: str, originals: Collection[Path]) -> None:
        self._rule = rule
        self._task = task
        self._model = model
        self._folders: dict[Path, Path] = {}  # resolved: once for each folder, not for each photo
        self._originals = {self._key(path) for path in originals}
        self._taken: set[str] = set()

    def take(self, outputs: Sequence[Path]) -> None:
        """Names that were given in an earlier run."""
        self._taken.update(map(self._key, outputs))

    def give(self, found: Found, number: int) -> Path:
        """A file below the output folder. It may exist, if the rule does not ask for a number then."""
        rule = self._rule
        name = stem(rule.pattern or "{name}", found.source, task=self._task, model=self._model, number=number)
        plain = rule.folder / found.below / f"{name}{suffix_for(found.source, rule.options.format)}"
        for again in count(1):
            path = shortened(plain, "" if again == 1 else f"-{again}")
            key = self._key(path)
            if key in self._taken or key in self._originals:
                continue
            if rule.existing == "number" and os.path.lexists(path):
                continue
            break
        self._taken.add(key)
        return path

    def give_anew(self, found: Found, number: int) -> Path:
        """Another file, whose name is free: somebody else's lies under the one that was given."""
        while os.path.lexists(path := self.give(found, number)):
            pass
        return path

    def _key(self, path: Path) -> str:
        """The same for names that some disk takes for one: it may ignore case, or how Hangul is composed."""
        folder = self._folders.get(path.parent)
        if folder is None:
            folder = self._folders[path.parent] = path.parent.resolve()
        return unicodedata.normalize("NFC", f"{folder}/{path.name}").casefold()
