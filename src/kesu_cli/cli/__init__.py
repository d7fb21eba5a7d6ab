"""The door: the only place with clock, console, environment and exit code."""

import gc
import os
import signal
import sys

_INTERRUPTED = 130  # exit_code.INTERRUPTED, which is not imported yet where it is needed
_interrupts: list[int] = []


def main() -> None:
    """Run kesu; whatever goes wrong ends in a sentence and an honest exit code."""
    heeded = signal.getsignal(signal.SIGINT)
    _on_interrupt(heeded, _end)
    gc.disable()  # a command makes many objects that last, hardly a cycle, and ends
    from kesu_cli.cli.app import run

    try:
        _on_interrupt(heeded, _interrupt)
        sys.unraisablehook = _unraised
        code = run(sys.argv[1:], was_interrupted=lambda: bool(_interrupts))
        _on_interrupt(heeded, signal.SIG_IGN)
    except KeyboardInterrupt:
        code = _INTERRUPTED
    gc.freeze()  # nor is there anything to look for at the end
    sys.exit(code)


def _on_interrupt(heeded: object, handler: object) -> None:
    """Change what Ctrl-C does, unless whoever started kesu had it ignored."""
    if heeded is signal.default_int_handler:
        signal.signal(signal.SIGINT, handler)  # type: ignore[arg-type]


def _interrupt(number: int, _frame: object) -> None:
    """Stop the work, and remember it: a library may make another error of the interruption."""
    _interrupts.append(number)
    raise KeyboardInterrupt


def _unraised(said: "sys.UnraisableHookArgs") -> None:
    """Say nothing of an interruption that fell where none can be raised."""
    if not isinstance(said.exc_value, KeyboardInterrupt):
        sys.__unraisablehook__(said)


def _end(_number: int, _frame: object) -> None:
    """End at once: while modules are imported there is nothing to clear away, and much that could be said."""
    os._exit(_INTERRUPTED)
