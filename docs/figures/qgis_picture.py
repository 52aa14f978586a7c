"""Draws a GeoPackage's incidents as QGIS shows them: ``python3 qgis_picture.py IN.gpkg OUT.png``.

Run by the system's Python that has QGIS, with QT_QPA_PLATFORM=offscreen.
"""

import sys

from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()
base = f"{sys.argv[1]}|layername=incidents"
layers = [
    QgsVectorLayer(f"{base}|geometrytype={kind}", kind, "ogr") for kind in ("Point", "Polygon")
]
settings = QgsMapSettings()
settings.setLayers([layer for layer in layers if layer.isValid() and layer.featureCount()])
settings.setBackgroundColor(QColor("#f4f1ea"))
settings.setOutputSize(QSize(1100, 700))
extent = QgsRectangle()
for layer in settings.layers():
    extent.combineExtentWith(layer.extent())
extent.scale(1.15)
settings.setExtent(extent)
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
job.renderedImage().save(sys.argv[2])
# Layers must go before the application that made them.
del job, settings, layer, layers
application.exitQgis()
