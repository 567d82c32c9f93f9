"""Every failure that can be explained to a user."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """What is said to a user: a sentence in English with places in braces, and what stands there.

    Kept apart so that the window can translate the one without the other. `docs/translations.py` collects the
    templates from the calls that make them: they must be written out there, and not be put together.
    """

    template: str
    values: tuple[tuple[str, "str | Sentence"], ...] = ()

    @classmethod
    def of(cls, template: str, /, **values: object) -> "Sentence":
        """The values become text, or sentences of their own where they are one."""
        return cls(template, tuple((name, _said(value)) for name, value in values.items()))

    def __str__(self) -> str:
        return self.template.format(**{name: str(value) for name, value in self.values})


def _said(value: object) -> str | Sentence:
    if isinstance(value, AEStudioError):
        return value.sentence
    return value if isinstance(value, Sentence) else str(value)


class AEStudioError(Exception):
    """A failure whose message is a sentence for a photographer: the file, the reason, the remedy."""

    def __init__(self, said: str | Sentence, /, **values: object) -> None:
        """`said` is a whole sentence, or a template with the values that stand in its braces."""
        self.sentence = said if isinstance(said, Sentence) else Sentence.of(said, **values)
        super().__init__(str(self.sentence))


class ImageError(AEStudioError):
    """A photo cannot be read or written."""


class DamagedPhotoError(ImageError):
    """A photo's file is damaged or incomplete; a part of it may still be readable."""


class LargePhotoError(ImageError):
    """A photo is so large that the user is asked before it is opened."""


class DiskFullError(ImageError):
    """The disk has no room for a file."""


class LostFolderError(ImageError):
    """A folder is not there any more: a network drive or a memory card was lost."""


class WeightsError(AEStudioError):
    """A weights file or its card is missing, damaged, or made for another network."""


class DeviceMemoryError(AEStudioError):
    """The photo does not fit into memory, even with the smallest tiles on the processor."""


class TrainingDataError(AEStudioError):
    """A folder or a recipe cannot be trained from."""


class SettingsError(AEStudioError):
    """A setting is unknown or out of range."""


class OtherJobError(SettingsError):
    """In an output folder lie the results of a batch job that did something else."""


class Cancelled(Exception):
    """The user asked to stop. Not an error: nothing is reported."""
