"""A pytest plugin that knows pytest-qt's options where pytest-qt is left out."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Accept what pyproject.toml sets for pytest-qt."""
    for name in ("qt_api", "qt_log_level_fail"):
        parser.addini(name, "for pytest-qt, which is left out")
