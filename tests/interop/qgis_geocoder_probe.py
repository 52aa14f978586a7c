"""Run by Debian's own Python with QGIS: asks its Nominatim geocoder, which the locator bar uses."""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransformContext,
    QgsGeocoderContext,
    QgsNominatimGeocoder,
)

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()
geocoder = QgsNominatimGeocoder("", sys.argv[1])
geocoder.setRequestsPerSecond(100)
context = QgsGeocoderContext(QgsCoordinateTransformContext())
told = [
    {
        "identifier": result.identifier(),
        "lon": result.geometry().asPoint().x(),
        "lat": result.geometry().asPoint().y(),
        "viewport": not result.viewport().isEmpty(),
        "error": result.error(),
    }
    for text in sys.argv[2:]
    for result in geocoder.geocodeString(text, context)[:1]
]
json.dump(told, sys.stdout)
application.exitQgis()
