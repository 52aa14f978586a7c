// What a folium page calls; the only module of the layer that touches globals.

import { attach } from "./layer.js";

window.geoincidentsLayer = (map, id) => {
  window.geoincidentsLayers = window.geoincidentsLayers || {};
  window.geoincidentsLayers[id] = attach(map, id, { L: window.L, Supercluster: window.Supercluster });
};
