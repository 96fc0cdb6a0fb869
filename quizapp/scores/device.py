"""Which machine this is: a random id in a file beside the scores file, that no copy of that file has."""

from __future__ import annotations

import os
import uuid
from pathlib import Path


def device_of(path: Path) -> str:
    """This machine's id: a random file beside the scores file, so that a copy of that file has another."""
    if not device_text(path):
        # Written whole before it has its name: of two programs that start at once, both take the first one's.
        draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
        draft.write_text(f"{uuid.uuid4().hex}\n", encoding="utf-8")
        try:
            if path.exists():
                # A machine that lost power left it empty.
                draft.replace(path)
            else:
                os.link(draft, path)
        except FileExistsError:
            pass
        except OSError:
            # A file system without links.
            draft.replace(path)
        draft.unlink(missing_ok=True)
    return path.read_text(encoding="utf-8", errors="replace").strip()


def device_text(path: Path) -> str:
    """What the file says, "" if there is none."""
    return path.read_text(encoding="utf-8", errors="replace").strip() if path.exists() else ""
