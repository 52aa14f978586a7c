"""Draws a GeoPackage's layers as QGIS shows them: ``python3 qgis_picture.py IN.gpkg FOLDER``.

Run by the system's Python that has QGIS, with QT_QPA_PLATFORM=offscreen. Writes
qgis-incidents.png, qgis-locations.png and qgis-responses.png, each with its legend.
"""

import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsFeatureRequest,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor, QFont, QPainter

WIDTH, HEIGHT = 1100, 700
MARGIN, LINE, ICON = 14, 24, 20


def layers_of(source, name):
    """The sublayers that QGIS offers of a layer with mixed geometry, points on top."""
    base = f"{source}|layername={name}"
    kinds = ("Point", "LineString", "Polygon")
    found = [QgsVectorLayer(f"{base}|geometrytype={kind}", kind, "ogr") for kind in kinds]
    return [layer for layer in found if layer.isValid() and layer.featureCount()]


def settings_for(layers):
    """The map's frame: all features with some room about them."""
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setBackgroundColor(QColor("#f4f1ea"))
    settings.setOutputSize(QSize(WIDTH, HEIGHT))
    settings.setFlag(QgsMapSettings.DrawLabeling)
    extent = QgsRectangle()
    for layer in layers:
        extent.combineExtentWith(layer.extent())
    extent.scale(1.25)
    settings.setExtent(extent)
    return settings


def used_items(layers):
    """Legend of the rules that some feature follows, each once."""
    items = {}
    for layer in layers:
        for rule in layer.renderer().rootRule().children():
            request = QgsFeatureRequest(QgsExpression(rule.filterExpression()))
            if any(True for _ in layer.getFeatures(request)):
                items[rule.label()] = rule.symbol().clone()
    return items


def draw_legend(painter, items):
    """Signs and their names in a box at the lower left."""
    painter.setFont(QFont("DejaVu Sans", 9))
    width = 3 * MARGIN + ICON + max(painter.fontMetrics().width(label) for label in items)
    top = HEIGHT - MARGIN - LINE * len(items) - MARGIN
    painter.fillRect(MARGIN, top, width, LINE * len(items) + MARGIN, QColor(255, 255, 255, 220))
    for row, (label, symbol) in enumerate(items.items()):
        y = top + MARGIN // 2 + row * LINE
        painter.drawImage(2 * MARGIN - 4, y + 2, symbol.asImage(QSize(ICON, ICON)))
        painter.setPen(QColor("#202020"))
        box = (2 * MARGIN + ICON + 4, y, width, LINE)
        painter.drawText(*box, Qt.AlignVCenter | Qt.AlignLeft, label)


def draw(source, name, path):
    """One picture of one layer."""
    layers = layers_of(source, name)
    job = QgsMapRendererParallelJob(settings_for(layers))
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    painter = QPainter(image)
    painter.setRenderHint(QPainter.Antialiasing)
    draw_legend(painter, used_items(layers))
    painter.end()
    image.save(str(path))


QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()
for shown in ("incidents", "locations", "responses"):
    draw(sys.argv[1], shown, Path(sys.argv[2]) / f"qgis-{shown}.png")
application.exitQgis()
