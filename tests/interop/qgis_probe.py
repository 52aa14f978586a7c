"""Run by Debian's own Python with QGIS: opens layers and tells what QGIS makes of them."""

import json
import sys

from qgis.core import QgsApplication, QgsVectorLayer, QgsWkbTypes

QgsApplication.setPrefixPath("/usr", True)
application = QgsApplication([], False)
application.initQgis()


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
        "fields": names,
        "first": {n: str(first[n]) for n in names} if first else {},
        "aliases": {n: layer.attributeAlias(i) for i, n in enumerate(names)},
    }


json.dump([tell(*source) for source in json.loads(sys.argv[1])], sys.stdout)
application.exitQgis()
