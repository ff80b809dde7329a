"""The wheel: it carries the data, and works where nothing else of the project is."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def build(target: str, source: Path, out: Path) -> Path:
    """Build as `pip install` does, but with the hatchling that is here, so that no network is needed."""
    call = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(out)]
    subprocess.run(call, cwd=source, check=True, capture_output=True, text=True)
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def tracked(folder: str) -> set[str]:
    """The files below a folder of the checkout, as a build sees them."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}


def test_the_wheel_holds_packages_and_data_and_nothing_else(wheel: Path) -> None:
    found = {name for name in names_in(wheel) if ".dist-info/" not in name}
    data = {f"graph/{name}" for name in tracked("data")}
    assert found == tracked("graph") | tracked("api") | data


def test_the_wheel_has_its_licence_and_its_command(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = {name.partition(".dist-info/")[2]: name for name in archive.namelist()}
        assert "licenses/LICENSE" in names
        assert "newsgraph = api.cli:main" in archive.read(names["entry_points.txt"]).decode()


def test_the_wheel_is_the_same_from_a_source_distribution(wheel: Path, tmp_path: Path) -> None:
    packed = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(packed) as archive:
        # Up to Python 3.11.3 there is no filter, and what was just packed here needs none.
        archive.extractall(
            tmp_path / "source", **({"filter": "data"} if hasattr(tarfile, "data_filter") else {})
        )
    (source,) = (tmp_path / "source").iterdir()
    assert names_in(build("wheel", source, tmp_path / "again")) == names_in(wheel)


def test_the_wheel_works_in_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "env"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    # The dependencies are those of this environment; a path in a .pth file brings no other .pth files along.
    paths = {key: str(home) for key in ("base", "platbase")}
    packages = Path(sysconfig.get_path("purelib", vars=paths))
    (packages / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.defpath}
        return subprocess.run(
            arguments, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True
        )

    where = run(
        str(python), "-c", "import graph, api.cli; print(graph.__file__, api.cli.__file__)"
    ).stdout.split()
    assert all(Path(file).is_relative_to(packages) for file in where)
    told = run(str(home / "bin" / "newsgraph"), "demo").stdout
    assert "4 added" in told
    assert "graph.gexf" in {file.name for file in (tmp_path / "demo").iterdir()}
