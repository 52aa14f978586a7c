// Symbols in one element: a layer of their own each, as Leaflet's markers are, makes panning slow.

import { el } from "./dom.js";

/** A holder of nodes on a map, placed by longitude and latitude. */
export function createPins(map, name) {
  const holder = el("div", { class: `gi-pins ${name} leaflet-zoom-hide` });
  map.getPane("markerPane").append(holder);
  const pins = new Set();

  function place(pin) {
    const p = map.latLngToLayerPoint([pin.lat, pin.lon]);
    pin.node.style.left = `${Math.round(p.x)}px`;
    pin.node.style.top = `${Math.round(p.y + pin.dy)}px`;
  }

  return {
    /** Add a node centred on a place; `dy` moves it down by pixels. */
    add(node, lon, lat, dy = 0) {
      const pin = { node, lon, lat, dy };
      node.classList.add("gi-pin");
      place(pin);
      holder.append(node);
      pins.add(pin);
      return pin;
    },
    remove(pin) {
      pin.node.remove();
      pins.delete(pin);
    },
    clear() {
      holder.replaceChildren();
      pins.clear();
    },
    /** Place all anew, after a zoom. */
    settle() {
      for (const pin of pins) place(pin);
    },
  };
}
