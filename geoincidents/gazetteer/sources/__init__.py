"""Sources of the embedded gazetteer: registry packages and curated tables become rows.

`geoincidents.gazetteer.sources.build` gathers them; each other module reads one kind.
"""
