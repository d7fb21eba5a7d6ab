"""Names files as a repository does: from its top, be it that the workspace is a folder inside it."""

import posixpath

from kesu_cli.report import Report

_OF_KESU = "<"


def path_in_repository(report: Report, file: str) -> str:
    """Return a path from the top of the repository; of a plan that ships with kesu it stays as it is."""
    if not report.home or file.startswith(_OF_KESU):
        return file
    return posixpath.normpath(posixpath.join(report.home, file))
