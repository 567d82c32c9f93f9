"""Chains of steps that have a name: some that come with the program, and the photographer's own."""

from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from aestudio.batch.job import BatchJob, JobStep, OutputRule, read_job, write_job
from aestudio.batch.names import make_folder
from aestudio.errors import Sentence, SettingsError
from aestudio.images.naming import file_stem, names_in
from aestudio.images.options import SaveOptions

ENDING = ".json"


@dataclass(frozen=True)
class Preset:
    """Which tools work on photos, and how the results are called and saved."""

    name: str
    steps: tuple[JobStep, ...]
    pattern: str | None = None  # see OutputRule
    options: SaveOptions = field(default_factory=SaveOptions)


BUILT_IN = (
    Preset("Clean up noise", (JobStep("denoise"),)),
    Preset("Old black-and-white prints", (JobStep("denoise"), JobStep("colorize"))),
    Preset("Scans with date stamps", (JobStep("denoise"), JobStep("unwatermark"))),
    Preset(
        "Small copies for the web",
        (JobStep("denoise"),),
        options=SaveOptions(format="JPEG", quality=80, metadata="basic"),
    ),
)


@dataclass(frozen=True)
class Listed:
    """The photographer's own presets, and what is wrong with files that hold none."""

    presets: tuple[Preset, ...]
    problems: tuple[Sentence, ...] = ()


class PresetFolder:
    """One small file for each preset: a job without photos, under the preset's name."""

    def __init__(self, folder: Path | None = None) -> None:
        """The folder is made when the first preset is saved; None: beside the user's own models."""
        self.folder = folder or platformdirs.user_data_path("aestudio", appauthor=False) / "presets"

    def listed(self) -> Listed:
        """All of them in alphabetical order; none if the folder is not there."""
        presets, problems = [], []
        for name in names_in(self.folder, ENDING):
            try:
                presets.append(self.read(name))
            except SettingsError as exc:
                problems.append(exc.sentence)
        return Listed(tuple(presets), tuple(problems))

    def read(self, name: str) -> Preset:
        """The preset of that name. Raises SettingsError if there is none, or its file holds none."""
        job = read_job(self._path(name))
        return Preset(name, job.steps, job.output.pattern, job.output.options)

    def has(self, name: str) -> bool:
        """Whether saving under that name would replace one."""
        return self._path(file_stem(name)).is_file()

    def save(self, preset: Preset) -> Preset:
        """Keep a preset, in place of the one of that name; as it was saved, for not every name makes a file's.

        Raises SettingsError for a name that cannot be used, ImageError if the disk refuses.
        """
        name = file_stem(preset.name)
        if not name:
            raise SettingsError("The preset needs a name. Please write some letters or digits.")
        if name.casefold() in {built_in.name.casefold() for built_in in BUILT_IN}:
            raise SettingsError(
                "“{name}” comes with AEStudio and stays as it is. Please choose another name.", name=name
            )
        make_folder(self.folder)
        rule = OutputRule(self.folder, preset.pattern, preset.options)
        write_job(BatchJob((), preset.steps, rule), self._path(name))
        return self.read(name)

    def delete(self, name: str) -> None:
        """Take a preset away; nothing happens if it is not there. Raises SettingsError if that fails."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as exc:
            raise SettingsError(
                "The preset {name} could not be deleted ({reason}). Please check the folder {folder}.",
                name=name,
                reason=exc.strerror or exc,
                folder=self.folder,
            ) from exc

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}{ENDING}"
