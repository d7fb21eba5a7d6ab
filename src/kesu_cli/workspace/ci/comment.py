"""Write one comment on a pull or merge request, and at the next run write it anew: comment.py FILE.

On GitHub: GITHUB_API_URL, GITHUB_REPOSITORY, KESU_NUMBER, KESU_TOKEN. On GitLab: CI_API_V4_URL,
CI_PROJECT_ID, CI_MERGE_REQUEST_IID, KESU_TOKEN. Needs nothing but Python.
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

MARK = "<!-- kesu -->"
PAGE = 100
REFUSED = "令牌没有权限（来自复刻仓库的请求都是这样）"


def main() -> int:
    """Comment; where that is not possible it is said, and fails nothing."""
    body = f"{MARK}\n{Path(sys.argv[1]).read_text('utf-8')}"
    try:
        write(body)
    except HTTPError as error:
        why = REFUSED if error.code in (401, 403, 404) else "服务没有接受"
        sys.stdout.write(f"没有写评论：{why}（{error.code}）；检查结果不受影响\n")
    except OSError as error:
        sys.stdout.write(f"没有写评论：连不上（{getattr(error, 'reason', error)}）；检查结果不受影响\n")
    return 0


def write(body: str) -> None:
    """Replace our comment, or write the first one."""
    thread, single, method = addresses()
    ours = next((comment for comment in pages(thread) if str(comment["body"]).startswith(MARK)), None)
    if ours is None:
        ask("POST", thread, {"body": body})
    else:
        ask(method, f"{single}/{ours['id']}", {"body": body})


def addresses() -> tuple[str, str, str]:
    """Return where the comments of the request are, where a single one is, and how one is replaced."""
    if "CI_API_V4_URL" in os.environ:
        project = f"{os.environ['CI_API_V4_URL']}/projects/{os.environ['CI_PROJECT_ID']}"
        notes = f"{project}/merge_requests/{os.environ['CI_MERGE_REQUEST_IID']}/notes"
        return notes, notes, "PUT"
    issues = f"{os.environ['GITHUB_API_URL']}/repos/{os.environ['GITHUB_REPOSITORY']}/issues"
    return f"{issues}/{os.environ['KESU_NUMBER']}/comments", f"{issues}/comments", "PATCH"


def pages(address: str) -> Iterator[dict[str, Any]]:
    """Yield all comments, page by page."""
    number = 1
    while True:
        found = ask("GET", f"{address}?per_page={PAGE}&page={number}")
        yield from found
        if len(found) < PAGE:
            return
        number += 1


def ask(method: str, address: str, data: dict[str, str] | None = None) -> Any:  # noqa: ANN401 - JSON
    """Send a request and read the answer."""
    token = os.environ["KESU_TOKEN"]
    headers = {"Content-Type": "application/json", "User-Agent": "kesu"}
    on_gitlab = "CI_API_V4_URL" in os.environ
    headers |= {"PRIVATE-TOKEN": token} if on_gitlab else {"Authorization": f"Bearer {token}"}
    content = None if data is None else json.dumps(data).encode()
    request = Request(address, content, headers, method=method)  # noqa: S310 - the CI's own address
    with urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main())
