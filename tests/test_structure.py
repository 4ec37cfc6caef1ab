"""How the modules hang together: which imports which, lazily and for the type checker too."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src"
MOST = 15
"""Files in a folder: as many as are found at a glance."""


def named(path: Path, root: Path) -> str:
    """The module of a file."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(root: Path) -> dict[str, set[str]]:
    """Module -> those of the same tree that it names in any `import` statement, wherever that stands."""
    files = {named(path, root): path for path in sorted(root.rglob("*.py"))}
    found: dict[str, set[str]] = {}
    for module, path in files.items():
        package = module if path.name == "__init__.py" else module.rpartition(".")[0]
        told: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                told.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                above = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
                base = ".".join([*above, *([node.module] if node.module else [])])
                told.update(
                    f"{base}.{alias.name}" if f"{base}.{alias.name}" in files else base
                    for alias in node.names
                )
        found[module] = (told & files.keys()) - {module}
    return found


def circle(graph: Mapping[str, Iterable[str]]) -> list[str]:
    """One circle, if there is any."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def siblings(modules: Mapping[str, Iterable[str]], package: str) -> dict[str, set[str]]:
    """What the parts of a package, its modules and packages, import of one another."""
    graph: defaultdict[str, set[str]] = defaultdict(set)

    def part(module: str) -> str:
        return module[len(package) + 1 :].partition(".")[0]

    for module, told in modules.items():
        if module.startswith(f"{package}."):
            within = {part(each) for each in told if each.startswith(f"{package}.")}
            graph[part(module)] |= within - {part(module)}
    return graph


@cache
def ours() -> dict[str, set[str]]:
    return imports(SRC)


@cache
def packages() -> list[str]:
    return [named(path, SRC) for path in sorted(SRC.rglob("__init__.py"))]


def test_no_modules_import_one_another_in_a_circle() -> None:
    assert circle(ours()) == []


@pytest.mark.parametrize("package", packages())
def test_no_packages_import_one_another_in_a_circle(package: str) -> None:
    assert circle(siblings(ours(), package)) == []


@pytest.mark.parametrize(
    "hidden",
    [
        "from shop import till",
        "import shop.till",
        "from . import till",
        "from .till import pay",
        "def later():\n    from shop.till import pay",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.till import pay",
    ],
)
def test_a_circle_is_found_however_it_is_hidden(hidden: str, tmp_path: Path) -> None:
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "till.py").write_text("from shop import shelf\n")
    (package / "shelf.py").write_text("import os\n")
    assert circle(imports(tmp_path)) == []
    (package / "shelf.py").write_text(f"{hidden}\n")
    assert set(circle(imports(tmp_path))) == {"shop.till", "shop.shelf"}
    assert circle(siblings(imports(tmp_path), "shop"))


def test_a_folder_is_small_enough_to_be_seen_at_a_glance() -> None:
    folders = {path.parent for path in SRC.rglob("*.py")}
    counts = {str(folder.relative_to(SRC)): len(list(folder.glob("*.py"))) for folder in folders}
    assert {folder: count for folder, count in counts.items() if count > MOST} == {}


def test_no_two_files_bear_one_name() -> None:
    paths: defaultdict[str, list[str]] = defaultdict(list)
    for path in SRC.rglob("*.py"):
        if path.stem != "__init__":
            paths[path.stem].append(str(path.relative_to(SRC)))
    assert {name: found for name, found in paths.items() if len(found) > 1} == {}


def test_no_two_public_classes_bear_one_name() -> None:
    modules: defaultdict[str, list[str]] = defaultdict(list)
    for path in SRC.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                modules[node.name].append(str(path.relative_to(SRC)))
    assert {name: found for name, found in modules.items() if len(found) > 1} == {}


@pytest.mark.parametrize("page", ["ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_path_that_a_page_for_developers_names_is_there(page: str) -> None:
    root = SRC.parent
    told = re.findall(r"`([\w.]+(?:/[\w.]+)+)`", (root / page).read_text(encoding="utf-8"))
    assert len(told) > 3
    missing = [path for path in told if not any((at / path).exists() for at in (root, SRC / "studytui"))]
    # Made when a wheel is built, or named by a pattern.
    assert [path for path in missing if "lexicon.sqlite" not in path and "NAME" not in path] == []
