"""Runs the steps of a composite action as a runner would, and serves an API to comment on."""

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import yaml

_EXPRESSION = re.compile(r"\$\{\{ *([^}]+?) *\}\}")


@dataclass
class Run:
    """What came of running an action: each step's exit code, all that was printed, the outputs."""

    codes: dict[str, int] = field(default_factory=dict)
    printed: str = ""
    outputs: dict[str, str] = field(default_factory=dict)
    summary: str = ""


def run_action(
    action: Path,
    folder: Path,
    temp: Path,
    known: Mapping[str, str],
    environment: Mapping[str, str],
    done: Mapping[str, int],
) -> Run:
    """Run the steps of a composite action until one fails; ``known`` are the values of expressions.

    An expression that is not known raises KeyError, be it in an ``if``. Steps that are ``done`` already have
    the code that they ended with.
    """
    run = Run()
    for step in yaml.safe_load(action.read_text("utf-8"))["runs"]["steps"]:
        if step["name"] in done:
            run.codes[step["name"]] = done[step["name"]]
            continue
        values = {**known, **{f"steps.check.outputs.{name}": value for name, value in run.outputs.items()}}
        if "if" in step and not _holds(step["if"], values):
            continue
        assert step["shell"] == "bash"
        files = {name: temp / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.touch()
        given = {name: _filled_in(str(text), values) for name, text in step["env"].items()}
        ended = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
            cwd=folder,
            env={**os.environ, **environment, **{name: str(file) for name, file in files.items()}, **given},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=600,
            check=False,
        )
        run.codes[step["name"]] = ended.returncode
        run.printed += ended.stdout.decode()
        lines = files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
        run.outputs.update(dict(line.split("=", 1) for line in lines))
        run.summary = files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        if ended.returncode:
            break
    return run


def _filled_in(text: str, values: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda match: values[match[1]], text)


def _holds(condition: str, values: Mapping[str, str]) -> bool:
    """Judge a condition of comparisons joined by &&."""
    for part in condition.split("&&"):
        match = re.fullmatch(r"([\w.-]+) (==|!=) '([^']*)'", part.strip())
        assert match, part
        if (values[match[1]] == match[3]) is not (match[2] == "=="):
            return False
    return True


@dataclass
class Forge:
    """The comments of one pull request, and the requests that reached them."""

    address: str = ""
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    refuses: int = 0


@contextmanager
def forge() -> Iterator[Forge]:
    """Serve the part of GitHub's and GitLab's API that comments: pages of a hundred."""
    state = Forge()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            token = self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN") or ""
            state.asked.append((self.command, self.path, token))
            length = int(self.headers.get("Content-Length") or 0)
            data = json.loads(self.rfile.read(length)) if length else {}
            if state.refuses:
                self.send_response(state.refuses)
                self.end_headers()
                return
            content = json.dumps(self.result(data)).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content)

        def result(self, data: dict[str, Any]) -> object:
            if self.command == "GET":
                page = int(self.path.rpartition("page=")[2])
                return state.comments[(page - 1) * 100 : page * 100]
            if self.command == "POST":
                state.comments.append({"id": len(state.comments) + 1, **data})
                return state.comments[-1]
            number = int(self.path.rpartition("/")[2])
            state.comments[number - 1] |= data
            return state.comments[number - 1]

        do_GET = do_POST = do_PATCH = do_PUT = answer  # noqa: N815 - the names that http.server calls

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield state
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
