"""What is made on the desk: for each page of controls, its pictures."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from aestudio.explore.desk import WALK
from aestudio.gui.explore.components_picture import CodePicture
from aestudio.gui.explore.desk_board import PictureBoard
from aestudio.gui.palette import GAP

CHANGE, BLEND, INVENT, FILE = range(4)  # pages
_FILM_SIDE: Final = 88  # pixels


class DeskStage(QStackedWidget):
    """A page of pictures for each page of controls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.original = CodePicture(self.tr("Photo"), self.tr("The photo that the sliders begin with."))
        self.made = CodePicture(self.tr("Made"), self.tr("What the model draws for the sliders as they are."))
        self.film = PictureBoard(
            self.tr("Film strip"),
            self.tr("The way along one direction, from −3 to 3 (standard deviations). A click goes there."),
            len(WALK),
            1,
            _FILM_SIDE,
        )
        self.first = CodePicture(self.tr("First photo"), self.tr("Where the way begins."))
        self.between = CodePicture(self.tr("Between"), self.tr("What the model draws there."))
        self.second = CodePicture(self.tr("Second photo"), self.tr("Where the way ends."))
        click = self.tr("A double click puts a picture on the sliders.")
        self.inventions = PictureBoard(self.tr("Invented pictures"), click, 4, 3)
        self.opened = PictureBoard(self.tr("Pictures of the codes in the file"), click, 5, 0)
        for rows in (
            ((self.original, self.made), (self.film,)),
            ((self.first, self.between, self.second),),
            ((self.inventions,),),
            ((self.opened,),),
        ):
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(2 * GAP)
            for number, widgets in enumerate(rows):
                row = QHBoxLayout()
                row.setSpacing(2 * GAP)
                for widget in widgets:
                    row.addWidget(widget, 1)
                column.addLayout(row, 0 if number else 1)
            self.addWidget(page)

    def clear(self) -> None:
        """Show nothing."""
        for picture in (self.original, self.made, self.first, self.between, self.second):
            picture.show_picture(None)
        for board in (self.film, self.inventions, self.opened):
            board.show_pictures((), (), ())
