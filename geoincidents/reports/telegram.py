"""A Telegram channel's export (`result.json`): one report a message."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from geoincidents.reports.plain import make_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.model import Report


def is_telegram(value: Any) -> bool:
    """Whether a JSON document is a channel's export."""
    return isinstance(value, dict) and isinstance(value.get("messages"), list)


def telegram_reports(value: dict[str, Any]) -> Iterator[Report]:
    """The report of each message that has text; service messages have none."""
    channel = str(value.get("name") or "")
    for message in value["messages"]:
        if not isinstance(message, dict) or message.get("type") != "message":
            continue
        text = message_text(message.get("text"))
        if not text.strip():
            continue
        metadata = {"publisher": channel, "published": _published(message)}
        key = f"{value.get('id', 'telegram')}-{message.get('id')}"
        yield make_report(text, metadata, default_id=key)


def message_text(text: Any) -> str:
    """A message's text: a string, or a list of strings and entities.

    >>> message_text(["Sirens in ", {"type": "bold", "text": "Sumy"}, "."])
    'Sirens in Sumy.'
    """
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    parts = (
        part if isinstance(part, str) else part.get("text", "")
        for part in text
        if isinstance(part, str | dict)
    )
    return "".join(str(part) for part in parts)


def _published(message: dict[str, Any]) -> str:
    """The instant in UTC; the export's own `date` has no zone."""
    unix = message.get("date_unixtime")
    if unix is not None and str(unix).isdigit():
        return datetime.fromtimestamp(int(unix), UTC).isoformat()
    return str(message.get("date") or "")
