"""Which place a name means: candidates from the gazetteer, ranked with reasons."""

from geoincidents.resolution.location import location_of
from geoincidents.resolution.lookup import resolve_name
from geoincidents.resolution.resolver import rank, resolve
from geoincidents.resolution.weights import Weights, load_weights

__all__ = ["Weights", "load_weights", "location_of", "rank", "resolve", "resolve_name"]
