"""A hook of mkdocs: in the pages, a French sign never stands alone at the beginning of a line."""

from __future__ import annotations

import re

#: Tags, and code with what is in it: left as they are.
_LEFT = re.compile(r"(<pre\b.*?</pre>|<code\b.*?</code>|<[^>]*>)", re.DOTALL)
_BEFORE_A_SIGN = re.compile(r" (?=[:;?!»])")
_NO_BREAK = "\N{NO-BREAK SPACE}"


def on_page_content(html: str, **_: object) -> str:
    """The page with spaces that do not break before double signs and inside quotes."""
    pieces = _LEFT.split(html)
    pieces[::2] = [
        _BEFORE_A_SIGN.sub(_NO_BREAK, text).replace("« ", f"«{_NO_BREAK}") for text in pieces[::2]
    ]
    return "".join(pieces)
