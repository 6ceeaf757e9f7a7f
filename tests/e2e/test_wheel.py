"""The wheel builds, holds the weights, and works installed in an empty environment."""

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(ROOT)], check=True, capture_output=True)
    return next(out.glob("*.whl"))


def test_the_wheel_holds_weights_types_and_examples(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    networks = ("encoder.onnx", "labeller.onnx", "comparer.onnx")
    files = (*networks, "words.bin", "arrays.npz", "comparer.npz", "tokenizer.json", "reader.json")
    weights = {f"volgens/reader/weights/{name}" for name in files}
    assert weights | {"volgens/py.typed", "volgens/examples/README.md"} <= names
    assert not any(name.startswith(("training", "tests", "benchmarks")) for name in names)


@pytest.mark.slow
def test_it_reads_and_keeps_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", str(wheel)], check=True, capture_output=True)
    text = "De veerdienst stopt in juni, zegt reder Kees Ommelander.\n"
    done = subprocess.run(
        [str(tmp_path / "venv" / "bin" / "volgens"), "read", "-", "--format", "json"],
        input=text.encode(),
        capture_output=True,
        cwd=tmp_path,
        check=True,
    )
    read = json.loads(done.stdout)
    assert read["article"]["text"] == text
    assert [s["source"]["text"] for s in read["statements"]] == ["reder Kees Ommelander"]
    (tmp_path / "veer.txt").write_text(text)
    added = subprocess.run(
        [str(tmp_path / "venv" / "bin" / "volgens"), "add", "veer.txt"], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert added.stdout == "volgens.db: 1 new\n"
