"""Templates and styles: no inline code, each feature's own parts, and only tokens that exist."""

import re
from pathlib import Path

import pytest

from tests.project import code

TEMPLATES = code.ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
STYLES = sorted((code.ROOT / "static").rglob("*.css"))
NAMED = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "text that is not escaped": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
    "something from elsewhere": re.compile(
        r"""<(?:script|img|link|iframe|source|audio|video|object|embed)\b[^>]*\b(?:src|href|data)=["']?(?:https?:)?//""",
        re.IGNORECASE,
    ),
}
DEFINED = re.compile(r"(--[a-z0-9-]+)\s*:", re.IGNORECASE)
USED = re.compile(r"var\(\s*(--[a-z0-9-]+)", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def name(path: Path) -> str:
    return str(path.relative_to(code.ROOT))


def test_there_are_templates_and_styles_to_look_at():
    assert PAGES
    assert STYLES


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_template_includes_its_own_features_parts_or_shared_ones(page: Path):
    feature = page.relative_to(TEMPLATES).parts[0]
    foreign = [
        part
        for part in NAMED.findall(page.read_text(encoding="utf-8"))
        if part != "base.html" and part.split("/")[0] not in {feature, "_components"}
    ]

    assert foreign == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_template_names_parts_that_exist(page: Path):
    assert [part for part in NAMED.findall(page.read_text(encoding="utf-8")) if not (TEMPLATES / part).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_template_has_no_inline_code_and_loads_nothing_from_elsewhere(page: Path):
    text = page.read_text(encoding="utf-8")

    assert [fault for fault, pattern in INLINE.items() if pattern.search(text)] == []


def test_every_token_that_styles_use_is_defined():
    text = COMMENT.sub("", "\n".join(path.read_text(encoding="utf-8") for path in STYLES))

    assert set(USED.findall(text)) - set(DEFINED.findall(text)) == set()


@pytest.mark.parametrize("style", STYLES, ids=name)
def test_styles_name_no_id_and_load_nothing_from_elsewhere(style: Path):
    text = COMMENT.sub("", style.read_text(encoding="utf-8"))

    assert re.findall(r"(?:^|[\s,>+~}])#[a-z][\w-]*[^;{}]*{", text, re.IGNORECASE) == []
    assert re.findall(r"https?:|@import\s+url|url\(\s*[\"']?//", text) == []
