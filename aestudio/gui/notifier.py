"""Tells something to a user who looks elsewhere: a notification of the desktop, or a mark on the window."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

SHOWN_MS = 10_000


class Notifier(QObject):
    """An icon in the tray is there only as long as it has something to say."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None

    @Slot(str)
    def tell(self, text: str) -> None:
        """Say it, unless the window is in front."""
        if self._window.isActiveWindow():
            return
        if QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages():
            tray = self._icon()
            tray.show()
            tray.showMessage("AEStudio", text, self._window.windowIcon(), SHOWN_MS)
        QApplication.alert(self._window)

    @Slot()
    def forget(self) -> None:
        """The user is here again."""
        if self._tray is not None:
            self._tray.hide()

    def _icon(self) -> QSystemTrayIcon:
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._window.windowIcon(), self)
            self._tray.setToolTip("AEStudio")
            self._tray.messageClicked.connect(self._on_clicked)
            self._tray.activated.connect(self._on_clicked)
        return self._tray

    @Slot()
    def _on_clicked(self) -> None:
        self.forget()
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()
