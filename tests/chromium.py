"""A page as a headless Chromium shows it, driven through the pipe of its own DevTools.

Nothing else is needed: neither a driver nor a socket. What is asked for is an answer of the
browser, so that a test never waits for a time.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import select
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.support import PROGRAMS

AXE = Path(__file__).parent / "programs/node_modules/axe-core/axe.min.js"

_SECONDS = 120  # so that a browser that hangs does not hang the tests
_RULES = "{rules: {'target-size': {enabled: true}}}"
_COVERED = ("bgOverlap", "elmPartiallyObscured", "shortTextContent")
_SURE_OR_NOT = "(all) => [...all.violations, ...all.incomplete]"

#: Chromium reads what it is asked in its third file, and answers in its fourth: from any number
#: above both, then the program.
_AS_3_AND_4 = """
import fcntl, os, sys
asked, answered = (fcntl.fcntl(int(one), fcntl.F_DUPFD, 10) for one in sys.argv[1:3])
os.dup2(asked, 3), os.dup2(answered, 4), os.close(asked), os.close(answered)
os.execv(sys.argv[3], sys.argv[3:])
"""

#: What a browser does besides showing pages: a fifth of what it costs.
_LEFT_OUT = (
    "--disable-extensions", "--disable-sync", "--disable-background-networking",
    "--disable-component-update", "--disable-breakpad", "--mute-audio",
    "--disable-features=Translate,OptimizationHints,MediaRouter",
)  # fmt: skip

#: Keys that tests press: their code on a keyboard, and what they write.
_KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Escape": (27, ""), " ": (32, " ")}


class Browser:
    """One Chromium, with one page open."""

    def __init__(self, folder: Path) -> None:
        program = next(filter(None, map(shutil.which, PROGRAMS["browser"])))
        asked, self._asks = os.pipe()
        self._answers, answered = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-Sc", _AS_3_AND_4, str(asked), str(answered),
             program, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             "--no-first-run", *_LEFT_OUT, f"--user-data-dir={folder}", "about:blank"],
            pass_fds=(asked, answered), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(asked)
        os.close(answered)
        self._read = b""
        self._number = 0
        self._session = ""
        self._said: list[dict[str, Any]] = []
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def close(self) -> None:
        """End the browser, and its pipes."""
        try:
            with contextlib.suppress(RuntimeError, OSError):  # where it ended already
                self._session = ""
                self.call("Browser.close")
                self._process.wait(20)
        finally:
            self._process.kill()
            self._process.wait()
            os.close(self._asks)
            os.close(self._answers)

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._answers], [], [], _SECONDS)
            more = os.read(self._answers, 1 << 16) if ready else b""
            if not more:
                raise RuntimeError("Chromium ended" if ready else "Chromium does not answer")
            self._read += more
        first, _, self._read = self._read.partition(b"\0")
        return dict(json.loads(first))

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask for something, and give its result; what happened meanwhile is kept."""
        self._number += 1
        asked = {"id": self._number, "method": method, "params": params}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._asks, json.dumps(asked).encode() + b"\0")
        while (said := self._message()).get("id") != self._number:
            self._said.append(said)
        if "error" in said:
            raise RuntimeError(f"{method}: {said['error']}")
        return dict(said["result"])

    def loaded(self, do: Callable[[], object]) -> None:
        """Do what leads to another page, and wait until that one is there."""
        before = self._loads()
        do()
        while self._loads() == before:
            self._said.append(self._message())

    def _loads(self) -> int:
        return sum(said.get("method") == "Page.loadEventFired" for said in self._said)

    def size(self, width: int, height: int) -> None:
        """The window, without another page."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip

    def show(
        self,
        place: Path | str,
        *,
        width: int = 1300,
        height: int = 900,
        script: bool = True,
        **media: str,
    ) -> None:
        """Open a file or an address at a width, in a scheme of colours
        (`prefers_color_scheme="dark"`).
        """
        self.size(width, height)
        features = [{"name": k.replace("_", "-"), "value": v} for k, v in media.items()]
        self.call("Emulation.setEmulatedMedia", media="", features=features)
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self._said.clear()
        address = place if isinstance(place, str) else place.as_uri()
        self.loaded(lambda: self.call("Page.navigate", url=address))

    def paper(self) -> None:
        """Show the page as it is printed."""
        self.call("Emulation.setEmulatedMedia", media="print")

    def value(self, script: str) -> Any:
        """What an expression is worth in the page, once it is settled."""
        told = self.call(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in told:
            raise RuntimeError(str(told["exceptionDetails"]))
        return told["result"].get("value")

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key and let it go."""
        code, text = _KEYS[key]
        shared = {"key": key, "code": "Space" if key == " " else key,
                  "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}  # fmt: skip
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **shared)
        self.call("Input.dispatchKeyEvent", type="keyUp", **shared)

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """What is seen, or the whole page."""
        got = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(got["data"]))

    def pdf(self) -> bytes:
        """The page on paper, of the size that it asks for."""
        got = self.call("Page.printToPDF", preferCSSPageSize=True)
        return base64.b64decode(got["data"])

    def asked_for(self) -> list[str]:
        """The addresses that the page asked for since it was shown."""
        return [
            said["params"]["request"]["url"]
            for said in self._said
            if said.get("method") == "Network.requestWillBeSent"
        ]

    def complaints(self) -> list[str]:
        """What the page or the browser wrote in the console."""
        logged = [
            said["params"]["entry"]["text"]
            for said in self._said
            if said.get("method") == "Log.entryAdded"
        ]
        return logged + [
            str(said["params"])
            for said in self._said
            if said.get("method") in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled")
        ]

    def violations(self, within: str = "html", *rules: str) -> list[str]:
        """What axe-core finds against in the page as it is shown, or in a part of it: every rule,
        advice included, or those alone.

        What it leaves to an eye is told too (white on white is: it may be hidden on purpose), but
        for what is under something else where the page happens to be scrolled, for numbers of one
        digit, and for the texts of drawings.
        """
        if self.value("typeof axe") == "undefined":
            self.value(AXE.read_text(encoding="utf-8") + ";0")
        options = json.dumps({"runOnly": rules}) if rules else _RULES
        found = self.value(f"axe.run({within!r}, {options}).then({_SURE_OR_NOT})")
        return [
            f"{rule['id']} ({rule['impact']}): {rule['help']} — {node['html'][:120]}"
            for rule in found
            for node in rule["nodes"]
            if not node["html"].startswith("<text")  # on a drawing: axe-core cannot tell
            if not any(_is_covered(one["data"]) for one in node["any"])
        ]


def _is_covered(data: object) -> bool:
    """Whether axe-core was unsure because something lies over it."""
    return isinstance(data, dict) and data.get("messageKey") in _COVERED


@contextlib.contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """A Chromium with a profile of its own in this folder, ended at the end."""
    one = Browser(folder)
    try:
        yield one
    finally:
        one.close()
