"""No pattern takes more than proportional time, whatever text it is given."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import studytui

ROOT = Path(studytui.__file__).parent
MOST_PATIENCE = 570
"""Seconds for all patterns; they take some 60. One that is exponential is given up by itself."""


def test_every_pattern_reads_hostile_text_in_proportional_time() -> None:
    script = Path(__file__).with_name("hostile_patterns.py")
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, timeout=MOST_PATIENCE, check=True, text=True
    )
    found = json.loads(done.stdout)
    assert found["patterns"] > 100
    assert found["slow"] == []


def test_every_fixed_pattern_is_a_constant_of_its_module() -> None:
    """So that the test above finds it."""
    inline = []
    for path in ROOT.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        constant = {
            id(node)
            for statement in tree.body
            if isinstance(statement, (ast.Assign, ast.AnnAssign))
            for node in ast.walk(statement)
        }
        for node in calls:
            of_re = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re"
            if of_re and node.args and isinstance(node.args[0], ast.Constant) and id(node) not in constant:
                inline.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert inline == []
