"""Every French text that somebody reads: of the pages, of the commands, of the workbook."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html import unescape

from cedre_xlsx.schema.lists import LISTS, PACK_LISTS
from cedre_xlsx.schema.tables import CONTROL, DATA_TABLES, SYNTHESIS
from tests.support import ROOT

PACKAGE = ROOT / "cedre_xlsx"
PAGES = (
    ROOT / "README.md",
    ROOT / "examples/README.md",
    ROOT / "workbook_templates/README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
)
CATALOGUE = PACKAGE / "cli/locale/fr/LC_MESSAGES/messages.po"

#: Stands for what is left out of a text: no letter, no space.
LEFT_OUT = "¤"
_NOT_PROSE = re.compile(
    r"^```.*?^```"  # blocks of code
    r"|^---\n.*?^---\n"
    r"|<!--.*?-->"
    r"|`[^`]*`"  # code
    r"|\]\([^)]*\)"  # where links lead to
    r"|\bhttps?://\S+|\b[\w.]+@[\w.]+|\b[\w-]+\.(?:org|com|fr|io)\b",
    re.DOTALL | re.MULTILINE,
)
#: In a text of the program: what is left to fill, options, names of files, tags, references.
_NOT_WORDS = re.compile(
    r"\{[^{}]*\}|<[^<>]*>|(?<!\w)--?[a-z][\w-]*|\bcedre-xlsx\b(?: [a-z]+)?"
    r"|\b\w+\.(?:xlsx?|ods|pdf|csv|html?|py|json|log|desktop|png|xlsm)\b|\b[tl](?:st)?[A-Z]\w+|\b\w+_\w*|%[-\w]+%?|\[\w+\]|\\\w"
    r"|\bC:\\\S+|\b[\w.]*/[\w./]+|\bhttps?://\S+"
)
#: A text in French has one of its small words, or an accent.
_FRENCH = re.compile(
    r"[àâçéèêëîïôùûœÀÂÇÉÈÊËÎÏÔÙÛŒ«»]|(?i:\b(?:le|la|les|un|une|des|du|de|et|ou|par|pour|dans|sur|est|sont|ne"
    r"|pas|aux?|avec|sans|ce|cette|ces|qui|que|votre|vos|rien|tout|aucune?)\b)"
)
#: Formulas and tags.
_CODE = re.compile(r"\s*(?:[<=]|[A-Z]{2,}\()")
_CALLS_THAT_COMPUTE = {"compile", "sub", "search", "match", "fullmatch", "findall", "split",
                       "import_module", "TypeVar", "getattr", "encode", "startswith"}  # fmt: skip
#: In a template of the page: remarks, what is filled in, attributes that are read.
_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_LABELS = re.compile(r'(?:aria-label|title|placeholder|alt)="([^"]*)"')
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'')
#: Modules whose texts are patterns, data and spellings that people type, not what they read.
_OF_READING = {"intake/aliases.py", "intake/free_texts.py", "intake/minimised.py",
               "intake/words.py", "intake/whose.py",
               "intake/labels.py", "intake/headings.py", "method/dates.py",
               "method/deadlines.py", "method/grammar/periods.py",
               "method/grammar/delays.py", "method/grammar/keyboard.py",
               "method/grammar/residue.py", "method/deadline_dates.py",
               "method/grammar/slips.py", "method/grammar/situations.py", "method/grammar/words.py",
               "method/grammar/times.py", "method/date_cells.py", "method/choices.py",
               "method/durations.py", "method/mission_reviews.py", "method/plausibility.py",
               "method/text.py", "workbook/read/headings.py"}  # fmt: skip


def of_pages() -> Iterator[tuple[str, str]]:
    """The prose of each page, its code left out."""
    for page in PAGES:
        yield (
            str(page.relative_to(ROOT)),
            _NOT_PROSE.sub(LEFT_OUT, page.read_text(encoding="utf-8")),
        )


def of_the_program() -> Iterator[tuple[str, str]]:
    """The French texts of each module: messages, headings, helps of commands and of rules."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = str(path.relative_to(PACKAGE))
        if name in _OF_READING:
            continue
        for line, text in _texts(ast.parse(path.read_text(encoding="utf-8"))):
            yield f"cedre_xlsx/{name}:{line}", _NOT_WORDS.sub(LEFT_OUT, text)


def of_the_workbook() -> Iterator[tuple[str, str]]:
    """Headings, helps and values of the lists, single words too."""
    for spec in (*DATA_TABLES, SYNTHESIS, CONTROL):
        for column in spec.columns.values():
            yield f"{spec.sheet}, {column.header}", f"{column.header}\n{column.help}"
    for one in (*LISTS, *PACK_LISTS):
        yield f"Listes, {one.title}", "\n".join((one.title, *one.values))


def of_the_page() -> Iterator[tuple[str, str]]:
    """What the templates and the scripts of the page say: their text, and sentences in them."""
    for path in sorted((PACKAGE / "page").glob("html/*.html")):
        source = _REMARK.sub("", path.read_text(encoding="utf-8"))
        said = [one for code in _JINJA.findall(source) for one in _sentences(code)]
        bare = _JINJA.sub(LEFT_OUT, source)
        said += _LABELS.findall(bare)
        text = re.sub(r"<[^<>]*>", "\n", bare)
        yield (
            f"cedre_xlsx/page/html/{path.name}",
            _NOT_WORDS.sub(LEFT_OUT, unescape("\n".join((*said, text)))),
        )
    for path in sorted((PACKAGE / "page").glob("static/*.js")):
        script = re.sub(r"^ *//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        said = [one for one in _sentences(script) if _FRENCH.search(one)]
        yield f"cedre_xlsx/page/static/{path.name}", _NOT_WORDS.sub(LEFT_OUT, "\n".join(said))


def _sentences(code: str) -> list[str]:
    """The strings of a piece of code that are more than a word."""
    found = ("".join(one) for one in _STRING.findall(code))
    return [re.sub(r"\\(.)", r"\1", one) for one in found if " " in one.strip()]


def of_click() -> Iterator[tuple[str, str]]:
    """The French sentences of click, as we translate them."""
    catalogue = CATALOGUE.read_text(encoding="utf-8")
    for number, text in enumerate(re.findall(r'^msgstr.*? "(.*)"$', catalogue, re.MULTILINE)):
        yield f"messages.po:{number}", _NOT_WORDS.sub(LEFT_OUT, text)


def _texts(tree: ast.AST) -> Iterator[tuple[int, str]]:
    silent = _docstrings(tree) | _computed(tree)
    inner: set[ast.AST] = set()
    for node in ast.walk(tree):
        if node in silent or node in inner:
            continue
        if isinstance(node, ast.JoinedStr):
            inner.update(node.values)
            parts = (
                one.value if isinstance(one, ast.Constant) else LEFT_OUT for one in node.values
            )
            text = "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if " " in text.strip() and _FRENCH.search(text) and not _CODE.match(text):
            yield node.lineno, text


def _docstrings(tree: ast.AST) -> set[ast.AST]:
    """Docstrings are in English, but for those that a command or a rule shows."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        if not isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) or not node.body:
            continue
        first = node.body[0]
        shown = isinstance(node, ast.FunctionDef) and any(map(_is_shown, node.decorator_list))
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and not shown:
            found.add(first.value)
    return found


def _is_shown(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in ("command", "group", "rule", "reader_rule")


def _computed(tree: ast.AST) -> set[ast.AST]:
    """Patterns, names of modules: what is passed to be computed with."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in _CALLS_THAT_COMPUTE:
            found.update(one for argument in node.args for one in ast.walk(argument))
    return found
