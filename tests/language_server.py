"""Speaks to yaml-language-server over stdio, as an editor does."""

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from client import installed, program

Message = dict[str, Any]


class LanguageServer:
    """One server with one workspace open; ``settings`` are what .vscode/settings.json holds."""

    def __init__(self, root: Path, settings: Message) -> None:
        self._root = root
        self._settings = settings
        self._sent = 0
        script = installed("node_modules/yaml-language-server/bin/yaml-language-server")
        command = [program("node"), str(script), "--stdio"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self) -> Self:
        folder = {"uri": self._root.as_uri(), "name": "工作区"}
        can: Message = {
            "textDocument": {
                "completion": {
                    "completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}
                },
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {},
            },
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        opening = {"processId": None, "rootUri": folder["uri"], "workspaceFolders": [folder]}
        self.ask("initialize", opening | {"locale": "zh-cn", "capabilities": can})
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {}})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def ask(self, method: str, params: Message) -> Any:  # noqa: ANN401 - each method answers otherwise
        self._sent += 1
        self._write({"id": self._sent, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self._sent and "method" not in message:
                return message["result"]
            self._answer(message)

    def open(self, file: str) -> list[Message]:
        """Open a file of the workspace and return what the server marks in it."""
        path = self._root / file
        text = path.read_bytes().decode()  # line ends as they are
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._read()
            if message.get("method") == "textDocument/publishDiagnostics":
                return list(message["params"]["diagnostics"])
            self._answer(message)

    def at(self, file: str, method: str, line: int, column: int) -> Any:  # noqa: ANN401 - as ask
        """Ask about a place of an open file; lines and columns count from 0."""
        document = {"uri": (self._root / file).as_uri()}
        position = {"line": line, "character": column}
        return self.ask(f"textDocument/{method}", {"textDocument": document, "position": position})

    def _answer(self, message: Message) -> None:
        """Answer what the server asks of an editor: above all its settings."""
        if "id" not in message or "method" not in message:
            return
        asked = message["params"].get("items", []) if message["method"] == "workspace/configuration" else []
        result = [self._section(item.get("section", "")) for item in asked] or None
        self._write({"id": message["id"], "result": result})

    def _section(self, name: str) -> Message:
        inside = {key: value for key, value in self._settings.items() if key.startswith(f"{name}.")}
        found: Message = {}
        for key, value in inside.items():
            steps = key.removeprefix(f"{name}.").split(".")
            place = found
            for step in steps[:-1]:
                place = place.setdefault(step, {})
            place[steps[-1]] = value
        return found

    def _tell(self, method: str, params: Message) -> None:
        self._write({"method": method, "params": params})

    def _write(self, message: Message) -> None:
        content = json.dumps({"jsonrpc": "2.0"} | message).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._process.stdin.flush()

    def _read(self) -> Message:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has ended"
        return dict(json.loads(self._process.stdout.read(length)))
