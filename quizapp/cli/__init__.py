"""The command line. stdout carries results, stderr everything else; only `screen.py` opens the app."""

from __future__ import annotations

import errno
import gc
import os
import sys


def main() -> None:
    """Run the program; the console script and `python -m quizapp` start here."""
    try:
        if sys.argv[1:2] == ["one"]:
            # A shell that starts waits for this. With nothing due it does without click, half of the time.
            from quizapp.cli.glance import nothing_to_ask

            if nothing_to_ask(sys.argv[2:]):
                return
        # What is imported stays: looking through it for garbage takes 3 ms, and more at every later look.
        gc.disable()
        # Imported here, so that Ctrl+C is quiet from the first moment on.
        from quizapp.cli.group import cli

        gc.freeze()
        gc.enable()
        for stream in (sys.stdout, sys.stderr):
            # What the terminal's encoding lacks is shown as its number, and never ends the program.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")
        cli(prog_name="quizapp")
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO):
            raise
        # What is left of the output has nowhere to go; Python would try once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stderr.write(f"Error: The output can't be written ({error.strerror}).\n")
        sys.exit(1)
