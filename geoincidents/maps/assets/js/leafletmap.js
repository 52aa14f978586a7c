// The Leaflet map: no prefix, own controls, bounds that bear the antimeridian.

import { latOf, lonOf } from "./mercator.js";

// How near to an edge, in pixels, a chosen place may stand.
const MARGIN = 40;

/** Online tiles, which their makers let one show with their name upon the map. */
function addTiles(L, leaflet, tiles) {
  L.tileLayer(tiles.url, tiles.options).addTo(leaflet);
  const line = L.DomUtil.create("p", "gi-attribution", leaflet.getContainer());
  line.textContent = tiles.attribution;
}

/** A map in `node`; `meta.bounds` is west, south, east, north. */
export function createMap(L, node, { meta, motion, tiles }) {
  const still = motion.matches;
  const leaflet = L.map(node, {
    attributionControl: false, zoomControl: false, worldCopyJump: true, minZoom: 0, maxZoom: 17, zoomSnap: 0.5,
    zoomAnimation: !still, fadeAnimation: false, markerZoomAnimation: !still, inertia: !still,
    maxBounds: [[-89, -Infinity], [89, Infinity]], maxBoundsViscosity: 1,
  });
  if (tiles) addTiles(L, leaflet, tiles);
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

  const nearest = (lon) => lon + 360 * Math.round((leaflet.getCenter().lng - lon) / 360);

  /** Pixels of the map that an element hides at its right and at its foot. */
  function cover(element) {
    const a = node.getBoundingClientRect();
    const b = element?.getBoundingClientRect();
    if (!b?.width || b.left >= a.right || b.top >= a.bottom) return [0, 0];
    const isSheet = b.left <= a.left;
    return isSheet ? [0, a.bottom - b.top] : [a.right - b.left, 0];
  }

  return {
    leaflet, home,
    label(t) {
      ["app.zoomin", "app.zoomout", "app.home"].forEach((key, k) => {
        buttons.buttons[k].setAttribute("aria-label", t(key));
        buttons.buttons[k].title = t(key);
      });
    },
    /** Whether a place lies in the window, or as near to it as a share of its sides. */
    shows: (lat, lon, share = 0) => leaflet.getBounds().pad(share).contains([lat, nearest(lon)]),
    /** Show a place in the middle of what `covered`, a panel, leaves free. */
    go(lat, lon, zoom, covered) {
      const [right, below] = cover(covered);
      const middle = leaflet.project([lat, nearest(lon)], zoom).add([right / 2, below / 2]);
      leaflet.setView(leaflet.unproject(middle, zoom), zoom, { animate: !motion.matches });
    },
    fit(box, maxZoom, covered) {
      const [right, below] = cover(covered);
      leaflet.fitBounds([[latOf(box[3]), lonOf(box[0])], [latOf(box[1]), lonOf(box[2])]], {
        maxZoom, paddingTopLeft: [30, 30], paddingBottomRight: [30 + right, 30 + below], animate: !motion.matches,
      });
    },
    /** Move no farther than brings a place out from under a panel or in from beyond the edge. */
    uncover(lat, lon, covered) {
      const [right, below] = cover(covered);
      const p = leaflet.latLngToContainerPoint([lat, nearest(lon)]);
      const size = leaflet.getSize();
      const over = (value, most) => Math.min(0, value - MARGIN) + Math.max(0, value - most + MARGIN);
      const by = [over(p.x, size.x - right), over(p.y, size.y - below)];
      if (by[0] || by[1]) leaflet.panBy(by, { animate: !motion.matches });
    },
  };
}
