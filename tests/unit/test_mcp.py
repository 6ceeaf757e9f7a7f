"""The tools that a language model is given answer as the command line does, and read no files."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from typer.testing import CliRunner

from volgens.app import App
from volgens.archive.store import Archive
from volgens.cli import app as command_line
from volgens.mcp import server
from volgens.records import Article

FIRST = Article(
    "De sluis van Kadeveen gaat in mei dicht, zegt wethouder Ine Roosdael van Kadeveen.\n\nDe sluis van Kadeveen is lek.",
    "https://a.example/sluis",
    "De Kadekrant",
    "Sluis van Kadeveen gaat dicht",
    "nl",
    "2025-03-04",
)
SECOND = Article(
    "De sluis van Kadeveen gaat in mei dicht, meldt De Kadekrant.\n\nDe sluis van Kadeveen is volgens de krant lek.",
    "https://b.example/sluis",
    "Dagdraad",
    "Sluis van Kadeveen dicht",
    "nl",
    "2025-03-05",
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mcp") / "a.db"
    with Archive(path) as store, store.writing() as writer:
        writer.add(FIRST, name="x")
        writer.add(SECOND, name="y")
    App().trace([], path)
    return path


def _call(archive: Path, tool: str, **arguments: Any) -> Any:
    async def ask() -> Any:
        async with Client(server(archive)) as client:
            return await client.call_tool(tool, arguments)

    return anyio.run(ask)


def _answer(archive: Path, tool: str, **arguments: Any) -> Any:
    result = _call(archive, tool, **arguments)
    assert not result.is_error, result.content
    return json.loads(result.content[0].text)


def _printed(*command: str) -> Any:
    result = CliRunner().invoke(command_line, [*command, "--format", "json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_every_tool_says_what_it_gives_and_that_it_changes_nothing(archive: Path) -> None:
    async def ask() -> Any:
        async with Client(server(archive)) as client:
            return (await client.list_tools()).tools

    tools = anyio.run(ask)
    assert [tool.name for tool in tools] == ["read", "search", "stories", "trace", "timeline", "ledger", "audit"]
    assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in tools)


@pytest.mark.parametrize(
    ("tool", "arguments", "command"),
    [
        ("search", {"words": "sluis", "act": ["state"]}, ["search", "sluis", "--act", "state"]),
        ("stories", {"least": 1}, ["stories", "--least", "1"]),
        ("trace", {"which": SECOND.id[:12]}, ["trace", SECOND.id[:12]]),
        ("trace", {"which": "https://b.example/sluis"}, ["trace", "https://b.example/sluis"]),
        ("ledger", {"on": "2025-06-01"}, ["ledger", "--on", "2025-06-01"]),
        ("audit", {"which": [FIRST.id[:12]]}, ["audit", FIRST.id[:12]]),
    ],
)
def test_a_tool_answers_as_the_command_does(archive: Path, tool: str, arguments: dict[str, Any], command: list[str]) -> None:
    printed = _printed(*command, "--archive", str(archive))
    assert _answer(archive, tool, **arguments) == printed
    assert any(printed.values())


def test_a_text_is_read_with_the_words_that_show_it(archive: Path) -> None:
    told = _answer(archive, "read", text=FIRST.text)
    (said,) = (s for s in told["statements"] if s["cue"] and s["cue"]["text"] == "zegt")
    (start, end), *_ = said["cue"]["spans"]
    assert told["article"]["text"][start:end] == "zegt"


def test_a_timeline_has_the_turns_of_each_claim(archive: Path) -> None:
    claims = _answer(archive, "timeline", which=FIRST.id)["claims"]
    assert any(turn["type"] == "reported" and turn["outlet"] == "De Kadekrant" for claim in claims for turn in claim["events"])


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("read", {"url": "/etc/passwd"}, "http"),
        ("read", {"url": "file:///etc/passwd"}, "http"),
        ("read", {"url": "http://127.0.0.1/"}, "127.0.0.1"),
        ("read", {}, "either"),
        ("read", {"text": ""}, "empty"),
        ("trace", {"which": "/etc/passwd"}, "no id"),
        ("trace", {"which": "0123456789"}, "no story"),
        ("audit", {"which": ["../a.jsonl"]}, "no id"),
        ("ledger", {"on": "2025-02-30"}, "no day"),
    ],
)
def test_what_cannot_be_done_is_told_and_no_file_is_read(archive: Path, tool: str, arguments: dict[str, Any], said: str) -> None:
    result = _call(archive, tool, **arguments)
    assert result.is_error
    assert said in result.content[0].text
    assert "Traceback" not in result.content[0].text


def test_over_standard_input_and_output(archive: Path) -> None:
    async def ask() -> Any:
        command = StdioServerParameters(command=sys.executable, args=["-m", "volgens", "mcp", "--archive", str(archive)])
        async with Client(stdio_client(command)) as client:
            return await client.call_tool("search", {"words": "sluis"})

    result = anyio.run(ask)
    assert json.loads(result.content[0].text)["total"] >= 1
