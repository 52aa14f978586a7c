"""How help is laid out."""

from __future__ import annotations

import argparse
import os

_NARROWEST, _USUAL = 40, 80


def help_formatter(prog: str) -> argparse.HelpFormatter:
    """Help as it is written, in the terminal's width.

    argparse makes a formatter for every option that is added; with the width given it
    need not load shutil to find it, which a look-up of one name would pay for.
    """
    return argparse.RawDescriptionHelpFormatter(prog, width=_width() - 2)


def _width() -> int:
    try:
        columns = int(os.environ.get("COLUMNS", "0")) or os.get_terminal_size().columns
    except (ValueError, OSError):
        columns = _USUAL
    return max(columns, _NARROWEST)
