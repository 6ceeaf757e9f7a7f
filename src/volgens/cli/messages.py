"""What the command line tells on standard error: progress, what went wrong, and what to do."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from volgens.cli.safe_text import one_line
from volgens.errors import InputError, VolgensError

if TYPE_CHECKING:
    from rich.progress import Progress


FAILED = 1
INTERRUPTED = 130  # as shells give it for Ctrl-C
NO_READER = 141  # as shells give it for a program whose pipe was closed


def say(message: str) -> None:
    """One line on standard error, in the name of the program."""
    typer.echo(f"volgens: {message}", err=True)


@contextmanager
def failing() -> Iterator[None]:
    """Tells an error of volgens on standard error, and ends the program with the exit code for it."""
    try:
        yield
    except VolgensError as error:
        say(one_line(str(error)))
        raise typer.Exit(FAILED) from None


def reason(error: Exception) -> str:
    """What went wrong with an input and what to do, without the name of the input."""
    if isinstance(error, InputError):
        return error.reason
    if isinstance(error, VolgensError):
        return str(error)
    return f"unexpected error, a fault of volgens; --debug shows where ({type(error).__name__}: {error})"


class Counted:
    """Shows, on a terminal, how many of how many have been done: it is called with both numbers."""

    def __init__(self, doing: str, *, quiet: bool = False, no_color: bool = False) -> None:
        self._doing = doing
        self._shown = not quiet and sys.stderr is not None and sys.stderr.isatty()
        self._no_color = no_color
        self._progress: Progress | None = None

    def __enter__(self) -> Counted:
        return self

    def __exit__(self, *_: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def __call__(self, done: int, count: int) -> None:
        if not self._shown:
            return
        if self._progress is None:
            self._progress = _bar(count, self._no_color)
            self._progress.start()
        self._progress.update(self._progress.task_ids[0], completed=done, total=count, description=self._doing)


def _bar(count: int, no_color: bool) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(20), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    console = Console(stderr=True, no_color=no_color or None)
    progress = Progress(*columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False)
    progress.add_task("", total=count)
    return progress


class Messages:
    """Tells about reading ``count`` inputs.

    ``quiet``: only what went wrong. ``debug``: with tracebacks of unexpected errors. ``no_color``: progress in no colours.
    """

    def __init__(self, count: int, *, quiet: bool = False, debug: bool = False, no_color: bool = False) -> None:
        self._count = count
        self._quiet = quiet
        self._debug = debug
        self._progress = (
            _bar(count, no_color) if count > 1 and not quiet and sys.stderr is not None and sys.stderr.isatty() else None
        )

    @contextmanager
    def reading(self, index: int, name: str) -> Iterator[None]:
        """While input number ``index`` is read, show that it is. The bar is gone afterwards, when others may write."""
        if name == "-" and not self._quiet and sys.stdin is not None and sys.stdin.isatty():
            say("reading what you type; end with Ctrl-D on a line of its own")
        if self._progress is None:
            yield
            return
        self._progress.update(self._progress.task_ids[0], completed=index, description=one_line(name))
        self._progress.start()
        try:
            yield
        finally:
            self._progress.stop()

    def error(self, name: str, error: Exception) -> None:
        """Input ``name`` could not be read."""
        say(f"{one_line(name)}: {one_line(reason(error))}")
        if self._debug and not isinstance(error, VolgensError):
            typer.echo("".join(traceback.format_exception(error)), err=True, nl=False)

    def summary(self, failed: int) -> None:
        """How many could not be read, where there were several inputs and so the messages may be far apart."""
        if failed and self._count > 1 and not self._quiet:
            say(f"{failed} of {self._count} inputs could not be read")
