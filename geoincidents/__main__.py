"""``python -m geoincidents`` is the command itself."""

from geoincidents.cli import script

if __name__ == "__main__":
    raise SystemExit(script())
