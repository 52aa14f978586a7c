// The Leaflet map: no prefix, own controls, bounds that bear the antimeridian.

import { latOf, lonOf } from "./mercator.js";

/** A map in `node`; `meta.bounds` is west, south, east, north. */
export function createMap(L, node, { meta, motion, tiles }) {
  const still = motion.matches;
  const leaflet = L.map(node, {
    attributionControl: false, zoomControl: false, worldCopyJump: true, minZoom: 0, maxZoom: 17, zoomSnap: 0.5,
    zoomAnimation: !still, fadeAnimation: false, markerZoomAnimation: !still, inertia: !still,
    maxBounds: [[-89, -Infinity], [89, Infinity]], maxBoundsViscosity: 1,
  });
  if (tiles) L.tileLayer(tiles.url, tiles.options).addTo(leaflet);
  L.control.scale({ position: "bottomleft", imperial: false, maxWidth: 110 }).addTo(leaflet);
  const [west, south, east, north] = meta.bounds;
  const home = () => leaflet.fitBounds([[south, west], [north, east]], { padding: [28, 28], maxZoom: 10, animate: false });
  home();

  const Buttons = L.Control.extend({
    options: { position: "bottomright" },
    onAdd() {
      const bar = L.DomUtil.create("div", "gi-map-buttons");
      bar.setAttribute("role", "group");
      this.buttons = [["+", () => leaflet.zoomIn()], ["−", () => leaflet.zoomOut()], ["⌂", home]].map(([text, press]) => {
        const button = L.DomUtil.create("button", "gi-tool", bar);
        button.type = "button";
        button.textContent = text;
        button.addEventListener("click", press);
        return button;
      });
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    },
  });
  const buttons = new Buttons().addTo(leaflet);

  return {
    leaflet, home,
    label(t) {
      ["app.zoomin", "app.zoomout", "app.home"].forEach((key, k) => {
        buttons.buttons[k].setAttribute("aria-label", t(key));
        buttons.buttons[k].title = t(key);
      });
    },
    go(lat, lon, zoom) {
      leaflet.setView([lat, lon], zoom, { animate: !motion.matches });
    },
    fit(box, maxZoom) {
      leaflet.fitBounds([[latOf(box[3]), lonOf(box[0])], [latOf(box[1]), lonOf(box[2])]], { maxZoom, padding: [30, 30], animate: !motion.matches });
    },
  };
}
