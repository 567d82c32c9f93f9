"""Keeps the choice of a model in each tool in step with the models that there are."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from aestudio.gui.i18n import translated
from aestudio.gui.models.parts import Lost
from aestudio.gui.models.words import tool_name
from aestudio.gui.session import COMPRESS, ChosenModel, OpenPhoto

if TYPE_CHECKING:  # imports torch, which the window does not wait for
    from aestudio.gui.studio import Studio
    from aestudio.tasks.base import Task


class ModelChoosing(QObject):
    """Works on the models of all open photos through the sections of the panel."""

    def __init__(self, studio: "Studio") -> None:
        super().__init__(studio)
        self._studio = studio
        self._stock = studio.services.models
        self.usual: dict[str, ChosenModel] = {}  # the last choice by tool: what tools begin with
        self._built_in: Mapping[str, str] = {}  # their weights
        self._unsaved: list[OpenPhoto] = []  # before other models worked inside the tools
        self._stock.changed.connect(self._on_changed)
        parts = studio.services.parts
        parts.begin(studio.keeper.parts)
        parts.changing.connect(self._on_parts_changing)
        parts.changed.connect(self._on_parts_changed)
        parts.chosen.connect(studio.keeper.set_part)
        parts.lost.connect(self.tell)

    def connect_sections(self) -> None:
        """The sections of the panel are there."""
        for section in self._studio.panel.sections:
            section.models.allow_comparing(True)
            section.model_chosen.connect(self._on_chosen)
        self._show_models()

    def heal(self, entry: OpenPhoto) -> Lost:
        """Take models that are gone, or are others now, out of a photo's tools; those that are gone."""
        lost: Lost = {}
        if not self._stock.known:
            return lost
        for task_id, state in tuple(entry.tools.items()):
            if state.model is None:
                continue
            now = self._stock.find_again(task_id, state.model)
            if now != state.model:
                entry.tools[task_id] = replace(state, model=now)
            if now is None:
                lost[task_id, state.model.name] = self._stock.why_not(task_id, state.model.name)
        return lost

    @Slot(object)
    def tell(self, lost: Lost) -> None:
        """Say which models are gone."""
        sentences = []
        for (task_id, name), problem in lost.items():
            tool = tool_name(task_id)
            if problem is None:
                text = self.tr("The model “{model}” is not there any more: {tool} works with the built-in one.")
                sentences.append(text.format(model=name, tool=tool))
            else:
                text = self.tr("{tool} works with the built-in model.")
                sentences.append(f"{translated(problem)} {text.format(tool=tool)}")
        if sentences:
            self._studio.messages.show_note(" ".join(sentences))

    def try_model(self, task_id: str, name: str) -> None:
        """Let a tool work with a model on the photo on the canvas; on the next one, if there is none."""
        studio, model = self._studio, self._stock.find(task_id, name)
        section = next((section for section in studio.panel.sections if section.task.id == task_id), None)
        if section is None:
            if studio.lab is not None and task_id == COMPRESS:
                studio.lab.section.unfold()
            return
        section.unfold()
        entry = studio.current
        if entry is not None:
            state = entry.tool(section.task)
            self._remember(task_id, model)
            studio.change_tool(entry, section.task, replace(state, on=True, model=model), self.tr("Model"))
            return
        self._remember(task_id, model)
        text = self.tr("Open a photo and switch {tool} on: it works with the model “{model}”.")
        studio.messages.show_note(text.format(tool=section.title, model=name))

    def _remember(self, task_id: str, model: ChosenModel | None) -> None:
        if model is None:
            self.usual.pop(task_id, None)
        else:
            self.usual[task_id] = model
        self._studio.keeper.set_model(task_id, model.name if model is not None else "")

    def _show_models(self) -> None:
        for section in self._studio.panel.sections:
            section.models.show_models(self._stock.choices(section.task))

    @Slot(object, object)
    def _on_chosen(self, task: "Task[Any]", model: ChosenModel | None) -> None:
        self._remember(task.id, model)

    @Slot()
    def _on_changed(self) -> None:
        """There are other models than before."""
        studio = self._studio
        lost = self._find_usual()
        self._show_models()
        again = self._look_at_built_in()
        for entry in studio.model.entries:
            before = dict(entry.tools)
            lost |= self.heal(entry)
            if entry.tools != before and entry is not studio.current:
                studio.services.restorations.forget(entry)  # it is begun anew once it is looked at
            again = again or (entry.tools != before and entry is studio.current)
        if again and studio.current is not None:
            studio.follow(studio.current, at_once=True)
        else:
            studio.panel.show_entry(studio.current)
        self.tell(lost)

    @Slot()
    def _on_parts_changing(self) -> None:
        self._unsaved = self._studio.unsaved

    @Slot(object)
    def _on_parts_changed(self, parts: frozenset[str]) -> None:
        """Other models work inside the tools: what those before found and made is shown no longer."""
        from aestudio.tasks import TASKS

        studio = self._studio
        touched = [task for task in TASKS if parts.intersection(task.parts)]
        for entry in studio.model.entries:
            for task in touched:
                entry.findings.pop(task.id, None)
            works = any(entry.tool(task).on for task in touched)
            if works and entry is not studio.current:
                studio.services.restorations.forget(entry)  # it is begun anew once it is looked at
            if entry not in self._unsaved and (works or (COMPRESS in parts and entry.compression.on)):
                entry.done, entry.compressed = None, False  # nothing was made with these yet that could be lost
            studio.model.refresh(entry)
        if studio.current is not None:
            studio.services.opener.examine(studio.current)
            studio.follow(studio.current, at_once=True)
        elif studio.lab is not None:
            studio.lab.follow()

    def _find_usual(self) -> Lost:
        """The last choices, as far as they are there."""
        lost: Lost = {}
        before = dict(self.usual)
        self.usual.clear()
        for task_id, name in self._studio.keeper.models.items():
            model = self._stock.find_again(task_id, before.get(task_id) or ChosenModel(name, ""))
            if model is not None:
                self.usual[task_id] = model
            else:
                lost[task_id, name] = self._stock.why_not(task_id, name)
            self._studio.keeper.set_model(task_id, model.name if model is not None else "")
        return lost

    def _look_at_built_in(self) -> bool:
        """Forget all results if a built-in model is another one than before; True if so."""
        before = self._built_in
        entries = (e for e in self._stock.entries if not e.own or e.hides)  # which are in the place of built-in ones
        self._built_in = {e.name: e.card.sha256 for e in entries if e.card is not None}
        if not before or before == self._built_in:
            return False
        self._studio.services.results.clear()
        self._studio.after.clear()
        return True
