"""``python -m geoincidents`` is the command itself."""

from geoincidents.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
