"""Somebody at the page, who sees what a screen reader says: things by their role and their name.

What is clicked is clicked with the mouse where it stands; after each step that leads to another
page, the work that was asked for is waited for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.chromium import Browser

_READY = "document.readyState === 'complete' && !document.querySelector('main .work')"

#: A window further down; whether there was more to see.
_FURTHER = """new Promise((seen) => {
  const before = scrollY;
  scrollBy({top: innerHeight / 2, behavior: "instant"});
  requestAnimationFrame(() => requestAnimationFrame(() => seen(scrollY > before)));
})"""


@dataclass(frozen=True)
class Thing:
    """Something on the page, as the browser tells it to a screen reader."""

    role: str
    name: str
    node: int


@dataclass(frozen=True)
class Person:
    """One person, in the one tab of a browser."""

    browser: Browser

    def opens(self, address: str, **shown: Any) -> None:
        """An address typed, at a size (`width`, `height`) and in a scheme of colours."""
        self.browser.show(address, **shown)
        self._waits()

    def sees(self, words: str = "") -> str:
        """The text of the page; AssertionError where these words are not in it."""
        text = _plain(self.browser.value("document.querySelector('main').innerText"))
        assert _plain(words) in text, f"« {words} » is not in: {text}"
        return text

    def waits_for(self, words: str) -> None:
        """Words that the page writes by itself."""
        self.browser.value(f"""new Promise((seen) => {{
          const main = document.querySelector("main"), words = {words!r};
          const look = () => main.innerText.includes(words) && (watch.disconnect(), seen());
          const watch = new MutationObserver(look);
          watch.observe(main, {{subtree: true, childList: true, attributes: true}});
          look();
        }})""")

    def clicks(self, role: str, name: str) -> None:
        """A link, a button: what leads to another page."""
        self._leads(lambda: self._click(self.thing(role, name)))

    def goes_back(self) -> None:
        """To the page before, by the browser's own button."""
        self._leads(lambda: self.browser.value("history.back()"))

    def touches(self, role: str, name: str) -> None:
        """A box, a fold, a button that stays on the page."""
        self._click(self.thing(role, name))

    def presses(self, key: str, *, leads: bool = False) -> None:
        """A key, which perhaps leads to another page."""
        if leads:
            self._leads(lambda: self.browser.press(key))
        else:
            self.browser.press(key)

    def types(self, label: str, text: str) -> None:
        """A text, in the field of that label, in place of what stands there."""
        proposes = self.has("combobox", label)  # a field with names to choose from
        field = self.thing("combobox" if proposes else "textbox", label)
        self.browser.call("DOM.focus", backendNodeId=field.node)
        self.browser.value("document.activeElement.select()")
        self.browser.call("Input.insertText", text=text)

    def chooses(self, label: str, option: str) -> None:
        """The entry of a list that unfolds which begins so."""
        self._of(
            self.thing("combobox", label).node,
            "function (words) { const same = (one) => one.label.trim().startsWith(words);"
            " this.value = [...this.options].find(same).value;"
            " for (const one of ['input', 'change'])"
            " this.dispatchEvent(new Event(one, {bubbles: true})); }",
            option,
        )

    def hands_over(self, label: str, *files: Path) -> None:
        """Files, chosen in the field of that label."""
        paths = [str(one) for one in files]
        field = self._field_of_files(label)
        self.browser.call("DOM.setFileInputFiles", files=paths, objectId=field)

    def drops(self, label: str, *files: Path) -> None:
        """Files, let go over the field of that label."""
        field = self._field_of_files(label)
        self.browser.call("DOM.scrollIntoViewIfNeeded", objectId=field)
        quad = self.browser.call("DOM.getContentQuads", objectId=field)["quads"][0]
        data = {"items": [], "files": [str(one) for one in files], "dragOperationsMask": 1}
        for kind in ("dragEnter", "dragOver", "drop"):
            self.browser.call(
                "Input.dispatchDragEvent",
                type=kind, data=data, x=sum(quad[::2]) / 4, y=sum(quad[1::2]) / 4,
            )  # fmt: skip

    def _field_of_files(self, label: str) -> str:
        found = self.browser.call(
            "Runtime.evaluate",
            expression="[...document.querySelectorAll('label')].find((one) => one.control?.type"
            f" === 'file' && one.innerText.includes({label!r}))?.control",
        )["result"]
        assert "objectId" in found, f"no field of files « {label} »"
        return str(found["objectId"])

    def thing(self, role: str, name: str) -> Thing:
        """The first of that role whose name is that one, else begins with it, else holds it; who
        does not see it scrolls down the page.
        """
        wanted = _plain(name)
        fits: Sequence[Callable[[str], bool]] = (
            lambda one: one == wanted,
            lambda one: one.startswith(wanted),
            lambda one: wanted in one,
        )
        while True:
            ours = [one for one in self.things() if one.role == role]
            for fit in fits:
                for one in ours:
                    if fit(one.name):
                        return one
            if not self.browser.value(_FURTHER):
                raise AssertionError(f"no {role} « {name} » among {[one.name for one in ours]}")

    def has(self, role: str, name: str) -> bool:
        """Whether there is one whose name holds these words."""
        return any(one.role == role and _plain(name) in one.name for one in self.things())

    def things(self) -> list[Thing]:
        """All that a screen reader can say, in its order."""
        nodes = self.browser.call("Accessibility.getFullAXTree")["nodes"]
        return [
            Thing(
                node["role"]["value"], _plain(node.get("name", {}).get("value", "")),
                node["backendDOMNodeId"],
            )
            for node in nodes
            if not node["ignored"] and "backendDOMNodeId" in node
        ]  # fmt: skip

    def stands_on(self) -> str:
        """Where the keyboard is: the words of what has the focus."""
        return _plain(
            self.browser.value(
                "(() => { const one = document.activeElement;"
                " return one.labels?.[0]?.innerText || one.innerText || one.ariaLabel || '' })()"
            )
        )

    def _click(self, thing: Thing) -> None:
        call = self.browser.call
        call("DOM.scrollIntoViewIfNeeded", backendNodeId=thing.node)
        quad = call("DOM.getContentQuads", backendNodeId=thing.node)["quads"][0]
        where = {"x": sum(quad[::2]) / 4, "y": sum(quad[1::2]) / 4, "button": "left"}
        for kind in ("mousePressed", "mouseReleased"):
            call("Input.dispatchMouseEvent", type=kind, clickCount=1, **where)

    def _of(self, node: int, function: str, *arguments: object) -> None:
        found = self.browser.call("DOM.resolveNode", backendNodeId=node)["object"]["objectId"]
        self.browser.call(
            "Runtime.callFunctionOn", objectId=found, functionDeclaration=function,
            arguments=[{"value": one} for one in arguments],
        )  # fmt: skip

    def _leads(self, do: Callable[[], object]) -> None:
        self.browser.loaded(do)
        self._waits()

    def _waits(self) -> None:
        while not self._is_ready():
            self.browser.loaded(lambda: None)

    def _is_ready(self) -> bool:
        try:
            return bool(self.browser.value(_READY))
        except RuntimeError:  # it was leaving the page
            return False


def _plain(text: str) -> str:
    """Words with one space between them, whichever it was."""
    return " ".join(text.split())
