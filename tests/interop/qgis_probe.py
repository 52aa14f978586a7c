"""Run by Debian's own Python with QGIS: opens layers and tells what QGIS makes of them."""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsVectorLayer,
    QgsWkbTypes,
)

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()


def labels(layer):
    """What stands beside each feature, by the default style."""
    settings = layer.labeling().settings()
    expression = QgsExpression(settings.fieldName)
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    told = []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        told.append(str(expression.evaluate(context)))
    return told


def unstyled(layer):
    """How many features with geometry no rule of the default style draws."""
    drawn = set()
    for rule in layer.renderer().rootRule().children():
        request = QgsFeatureRequest(QgsExpression(rule.filterExpression()))
        drawn |= {feature.id() for feature in layer.getFeatures(request)}
    return sum(f.hasGeometry() and f.id() not in drawn for f in layer.getFeatures())


def tell(uri, provider="ogr"):
    layer = QgsVectorLayer(uri, "layer", provider)
    features = list(layer.getFeatures()) if layer.isValid() else []
    names = [field.name() for field in layer.fields()]
    first = features[0] if features else None
    return {
        "valid": layer.isValid(),
        "count": len(features),
        "crs": layer.crs().authid(),
        "geometry": QgsWkbTypes.displayString(layer.wkbType()),
        "invalid": sum(f.hasGeometry() and not f.geometry().isGeosValid() for f in features),
        "renderer": layer.renderer().type() if layer.isValid() and layer.renderer() else None,
        "labels": labels(layer) if layer.isValid() and layer.labelsEnabled() else None,
        "unstyled": unstyled(layer) if hasattr(layer.renderer(), "rootRule") else None,
        "fields": names,
        "first": {n: str(first[n]) for n in names} if first else {},
        "aliases": {n: layer.attributeAlias(i) for i, n in enumerate(names)},
    }


json.dump([tell(*source) for source in json.loads(sys.argv[1])], sys.stdout)
application.exitQgis()
