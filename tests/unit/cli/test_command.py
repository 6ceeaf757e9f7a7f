"""The command line, before an application that reads invented articles."""

import io
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from typer.testing import CliRunner, Result

import volgens
from volgens import cli
from volgens.articles.given import NOTHING, Given
from volgens.cli.messages import Messages
from volgens.cli.output import encoded, whole_file
from volgens.codec import decode
from volgens.engines.local import in_order
from volgens.errors import ModelError, NotFound
from volgens.records import Article, Mention, Statement, Statements, statement_id

TEXT = "Volgens het Havenblad zegt Ine Roosdael dat de sluis — 🚢\x1b\x9b — opengaat."


def _statements(article: Article) -> Statements:
    def made(source: str, cue: str, content: str, parent: str | None, confidence: float) -> Statement:
        spans = [(article.text.index(words), article.text.index(words) + len(words)) for words in (source, cue, content)]
        said_by, said_with, said = (Mention.of(article.text, [span]) for span in spans)
        id = statement_id(article.id, said_by, said_with, said)
        return Statement(
            id, said_by, said_with, said, "outlet" if source.startswith("het") else "person", "state", parent, confidence
        )

    outer = made("het Havenblad", "Volgens", "zegt Ine Roosdael dat de sluis — 🚢\x1b\x9b — opengaat", None, 0.9)
    middle = made("Ine Roosdael", "zegt", "dat de sluis — 🚢\x1b\x9b — opengaat", outer.id, 0.3)
    inner = made("de sluis", "opengaat", "🚢", middle.id, 0.8)
    return Statements((outer, middle, inner))


class FakeApp:
    """Every input is the same article, but for those whose name says otherwise."""

    def __init__(self, *, explain: bool = False) -> None:
        self._explain = explain

    def read(self, input: str, *, stdin: BinaryIO | None = None) -> tuple[Article, Statements]:
        assert stdin is None
        if input.startswith("missing"):
            raise NotFound(input, "no such file")
        if input == "broken":
            raise RuntimeError("a fault\nof ours")
        if input == "weightless":
            raise ModelError("no weights; install volgens again")
        if input == "stop":
            raise KeyboardInterrupt
        if input == "-":
            article = Article(sys.stdin.read())
            return article, Statements()
        article = Article(TEXT, title=f"Artikel {input}", language="nl")
        return article, _statements(article)

    def read_many(
        self, inputs: Sequence[str], *, given: Given = NOTHING
    ) -> Iterator[tuple[str, Future[tuple[Article, Statements]]]]:
        self.given = given
        return in_order(self._told, inputs, 1)

    def _told(self, input: str) -> tuple[Article, Statements]:
        article, statements = self.read(input)
        return self.given.to(article), statements


@pytest.fixture(autouse=True)
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("volgens.app.App", FakeApp)
    for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def _volgens(*args: str, input: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, args, input=input, prog_name="volgens")


def _articles(written: str) -> Iterator[str]:
    for line in written.splitlines():
        data = json.loads(line)
        yield data["article"]["title"] if "article" in data else data["error"]


# Help and wrong use


def test_alone_it_shows_its_help() -> None:
    done = _volgens()
    assert done.exit_code == 0
    assert "Usage: volgens" in done.stdout
    assert "read" in done.stdout
    assert done.stdout == _volgens("--help").stdout == _volgens("-h").stdout


def test_help_has_examples_on_lines_of_their_own() -> None:
    done = _volgens("read", "--help")
    assert done.exit_code == 0
    assert re.search(r"^ +volgens read article.txt$", done.stdout, re.MULTILINE)
    for option in (
        "--format",
        "--output",
        "--explain",
        "--published",
        "--outlet",
        "--no-color",
        "--min-confidence",
        "--quiet",
        "--debug",
    ):
        assert option in done.stdout


def test_help_is_there_without_loading_what_reads() -> None:
    code = (
        "import sys; from volgens import cli\ntry: cli.app(['read', '--help'])\nexcept SystemExit: pass\nprint(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert "Usage" in done.stdout
    assert not {"numpy", "onnxruntime", "rich", "volgens.app"} & set(re.findall(r"'([\w.]+)'", done.stdout))


def test_version() -> None:
    assert _volgens("--version").stdout == f"volgens {volgens.__version__}\n"


def test_completion_can_be_had() -> None:
    assert "--install-completion" in _volgens("--help").stdout


def test_without_inputs_it_says_how() -> None:
    done = _volgens("read")
    assert done.exit_code == 2
    assert "volgens read article.txt" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "args", [("--frobnicate", "a"), ("--format", "xml", "a"), ("--min-confidence", "1.5", "a"), ("--min-confidence", "much", "a")]
)
def test_wrong_use_is_exit_code_2(args: tuple[str, ...]) -> None:
    done = _volgens("read", *args)
    assert done.exit_code == 2
    assert args[0] in done.stderr or args[1] in done.stderr
    assert done.stdout == ""


# What is written


def test_text_by_default() -> None:
    done = _volgens("read", "a", "b")
    assert done.exit_code == 0
    assert done.stdout.index("Artikel a") < done.stdout.index("Artikel b")
    assert "{1 het Havenblad}" in done.stdout
    assert done.stderr == ""
    assert "\x1b" not in done.stdout
    assert "\x9b" not in done.stdout


def test_json_is_one_object_for_one_input() -> None:
    done = _volgens("read", "--format", "json", "a")
    article, statements = decode(json.loads(done.stdout_bytes))
    assert article.text == TEXT
    assert len(statements) == 3
    assert "🚢" in done.stdout
    assert not set("\x1b\x9b") & set(done.stdout)


def test_json_is_an_array_for_several_with_errors_in_their_place() -> None:
    done = _volgens("read", "--format", "json", "a", "missing.txt", "b")
    assert done.exit_code == 1
    first, failed, last = json.loads(done.stdout)
    assert (first["article"]["title"], last["article"]["title"]) == ("Artikel a", "Artikel b")
    assert failed == {"volgens": "1", "input": "missing.txt", "error": "no such file"}


def test_json_of_one_that_fails_is_its_error() -> None:
    done = _volgens("read", "--format", "json", "missing.txt")
    assert done.exit_code == 1
    assert json.loads(done.stdout) == {"volgens": "1", "input": "missing.txt", "error": "no such file"}


def test_jsonl_is_one_line_for_each_input_in_order() -> None:
    done = _volgens("read", "--format", "jsonl", "b", "missing", "a")
    assert list(_articles(done.stdout)) == ["Artikel b", "no such file", "Artikel a"]


def test_json_is_utf_8_whatever_the_locale() -> None:
    done = CliRunner(charset="latin-1").invoke(cli.app, ["read", "--format", "json", "a"])
    assert json.loads(done.stdout_bytes.decode("utf-8"))["article"]["text"] == TEXT


def test_text_is_shown_as_far_as_the_terminal_has_the_characters() -> None:
    assert encoded("é─…🚢", "utf-8") == "é─…🚢".encode()
    assert encoded("é─…🚢", "latin-1") == b"\xe9-...?"
    assert CliRunner(charset="ascii").invoke(cli.app, ["read", "a"]).exit_code == 0


def test_standard_input_is_an_input() -> None:
    done = _volgens("read", "-", input="Het was stil.")
    assert done.exit_code == 0
    assert "Het was stil." in done.stdout


def test_below_the_confidence_is_left_out_and_what_lay_in_it_is_hung_up_higher() -> None:
    done = _volgens("read", "--format", "json", "--min-confidence", "0.5", "a")
    outer, inner = json.loads(done.stdout)["statements"]
    assert (outer["confidence"], inner["confidence"]) == (0.9, 0.8)
    assert inner["parent"] == outer["id"]
    decode(json.loads(done.stdout))


# What goes wrong


def test_an_input_that_fails_does_not_stop_the_others() -> None:
    done = _volgens("read", "missing.txt", "a", "missing\x1b[2J.txt")
    assert done.exit_code == 1
    assert "Artikel a" in done.stdout
    assert "volgens: missing.txt: no such file\n" in done.stderr
    assert "2 of 3 inputs could not be read" in done.stderr
    assert "\x1b" not in done.stderr


def test_quiet_keeps_the_errors_and_drops_the_rest() -> None:
    done = _volgens("read", "--quiet", "missing.txt", "a")
    assert done.exit_code == 1
    assert done.stderr == "volgens: missing.txt: no such file\n"


@pytest.mark.parametrize("name", ["broken", "weightless"])
def test_another_error_is_the_error_of_that_input(name: str) -> None:
    done = _volgens("read", "--format", "jsonl", name, "a")
    assert done.exit_code == 1
    error, title = _articles(done.stdout)
    assert title == "Artikel a"
    assert error
    assert f"volgens: {name}: " in done.stderr
    assert "Traceback" not in done.stderr


def test_debug_shows_where_an_unexpected_error_came_from() -> None:
    assert "Traceback" in _volgens("read", "--debug", "broken").stderr
    assert "Traceback" not in _volgens("read", "--debug", "missing").stderr


def test_ctrl_c_is_130_and_short() -> None:
    done = _volgens("read", "a", "stop", "b")
    assert done.exit_code == 130
    assert "Artikel a" in done.stdout
    assert done.stderr == "volgens: stopped\n"


# Output to a file


def test_output_goes_to_the_file_and_nowhere_else(tmp_path: Path) -> None:
    target = tmp_path / "all.jsonl"
    done = _volgens("read", "--format", "jsonl", "--output", str(target), "a", "missing", "b")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert list(_articles(target.read_text(encoding="utf-8"))) == ["Artikel a", "no such file", "Artikel b"]
    assert [path.name for path in tmp_path.iterdir()] == ["all.jsonl"]


def test_what_is_stopped_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "all.jsonl"
    target.write_text("before")
    done = _volgens("read", "--output", str(target), "a", "stop")
    assert done.exit_code == 130
    assert target.read_text() == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["all.jsonl"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_killed_in_the_middle_the_file_is_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "all.jsonl"
    target.write_text("before")
    code = """
        import os, signal, sys
        from pathlib import Path
        from volgens.cli.output import whole_file
        with whole_file(Path(sys.argv[1])) as file:
            file.write(b"half")
            file.flush()
            os.kill(os.getpid(), signal.SIGKILL)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code), str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert target.read_text() == "before"


def test_a_file_that_is_replaced_keeps_its_mode_and_its_link(tmp_path: Path) -> None:
    target, link = tmp_path / "real", tmp_path / "link"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(target)
    with whole_file(link) as file:
        file.write(b"after")
    assert link.is_symlink()
    assert target.read_text() == "after"
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_mode_that_any_new_file_has(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("x")
    with whole_file(tmp_path / "new") as file:
        file.write(b"x")
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.skipif(sys.platform == "win32", reason="needs a named pipe")
def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    assert _volgens("read", "--output", str(pipe), "a").exit_code == 0
    assert b"Artikel a" in os.read(reader, 1 << 16)
    os.close(reader)
    assert pipe.is_fifo()


def test_an_output_that_cannot_be_is_refused_before_reading(tmp_path: Path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("kostbaar")
    for output, said in ((tmp_path, "folder"), (tmp_path / "no" / "a", "does not exist"), (text, "also an input")):
        done = _volgens("read", "--output", str(output), "stop", str(text))
        assert done.exit_code == 2
        assert said in " ".join(done.stderr.split())
    assert text.read_text() == "kostbaar"


def test_output_dash_is_standard_output() -> None:
    assert "Artikel a" in _volgens("read", "--output", "-", "a").stdout


# Pipes and terminals

_FAKED = "import volgens.app, test_command, volgens.cli; volgens.app.App = test_command.FakeApp; volgens.cli.main()"


def _start(*args: str, **how: Any) -> "subprocess.Popen[bytes]":
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent), "TERM": "xterm-256color"}
    return subprocess.Popen([sys.executable, "-c", _FAKED, "read", *args], env=env, **how)


def test_a_reader_that_leaves_ends_it_quietly() -> None:
    process = _start("--format", "jsonl", *["a"] * 2000, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_a_full_disk_is_an_error_that_names_it() -> None:
    with Path("/dev/full").open("wb") as full:
        process = _start("a", stdout=full, stderr=subprocess.PIPE)
        told = process.communicate()[1].decode()
    assert process.returncode == 1
    assert told.startswith("volgens: cannot write to standard output")
    assert "Traceback" not in told


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_is_on_the_terminal_of_stderr_and_never_in_stdout() -> None:
    import pty

    ours, theirs = pty.openpty()
    process = _start("--format", "jsonl", "a", "b", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=theirs)
    assert process.stdout is not None
    written = process.stdout.read().decode()
    process.stdout.close()
    assert process.wait() == 0
    told = os.read(ours, 1 << 16).decode()
    os.close(ours)
    os.close(theirs)
    assert "1/2" in told
    assert list(_articles(written)) == ["Artikel a", "Artikel b"]


def test_there_is_no_progress_where_nobody_sees_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told = io.StringIO()
    monkeypatch.setattr(sys, "stderr", told)
    with Messages(2).reading(1, "a"):
        pass
    assert told.getvalue() == ""


def test_what_the_inputs_do_not_tell_can_be_told() -> None:
    done = _volgens("read", "-f", "json", "--published", "2024-11", "--outlet", "Kadekrant", "a")
    article = json.loads(done.stdout)["article"]
    assert (article["published"], article["outlet"]) == ("2024-11", "Kadekrant")


def test_a_date_that_is_none_is_wrong_use() -> None:
    done = _volgens("read", "--published", "vorige week", "a")
    assert done.exit_code == 2
    assert "2024-11-18" in done.stderr
