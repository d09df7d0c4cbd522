"""Reading the project's own code, for tests that look for what must not be in it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "archive"


def modules() -> Iterator[Path]:
    """All modules of the archive."""
    return (path for path in sorted(PACKAGE.rglob("*.py")) if "__pycache__" not in path.parts)


def stands_in(path: Path, *places: str) -> bool:
    """Tell whether a module is one of the places, such as "models" or "desk/actions.py", or in one."""
    inside = path.relative_to(PACKAGE)
    return any(inside == Path(place) or Path(place) in inside.parents for place in places)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def place(path: Path, node: ast.expr) -> str:
    """Name a place in the code as an editor opens it."""
    return f"{path.relative_to(ROOT)}:{node.lineno}"
