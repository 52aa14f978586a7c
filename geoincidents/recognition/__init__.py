"""Text → mentions: places named or pointed to, with their role, unresolved."""

from geoincidents.recognition.language import detect_language
from geoincidents.recognition.recogniser import recognise

__all__ = ["detect_language", "recognise"]
