// One canvas under the symbols, redrawn when the map comes to rest: basemap, areas, paths, labels.

/** A Leaflet renderer whose painters draw in unit coordinates. */
export function createScene(L, painters, pane = "overlayPane") {
  const Scene = L.Renderer.extend({
    options: { padding: 0.35, pane },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.className = "gi-scene";
      this._container.setAttribute("aria-hidden", "true");
      this._ctx = this._container.getContext("2d");
    },

    _destroyContainer() {
      this._container.remove();
    },

    _updatePaths() {},

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = size.x * ratio;
      canvas.height = size.y * ratio;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      this._ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      if (this._begun) this.paint();
    },

    /** Draw again without moving; nothing is drawn before the first call. */
    repaint() {
      this._begun = true;
      if (!this._map || !this._bounds || this._map._animatingZoom) return;
      const size = this._bounds.getSize();
      this._ctx.clearRect(0, 0, size.x, size.y);
      this.paint();
    },

    paint() {
      const view = this.view();
      for (const painter of painters) {
        this._ctx.save();
        painter(this._ctx, view);
        this._ctx.restore();
      }
    },

    /** Scale and offset from units to the canvas, and the canvas's box in units. */
    view() {
      const map = this._map;
      const scale = map.options.crs.scale(map.getZoom());
      const origin = map.getPixelOrigin().add(this._bounds.min);
      const size = this._bounds.getSize();
      const box = [
        origin.x / scale, origin.y / scale, (origin.x + size.x) / scale, (origin.y + size.y) / scale,
      ];
      const inner = map.getPixelBounds();
      return {
        scale, ox: origin.x, oy: origin.y, width: size.x, height: size.y, zoom: map.getZoom(), box,
        window: [inner.min.x / scale, inner.min.y / scale, inner.max.x / scale, inner.max.y / scale],
      };
    },
  });
  return new Scene();
}

/** Which copies of the world meet a box: whole numbers to shift x by. */
export function copies(box) {
  const list = [];
  for (let k = Math.floor(box[0]); k <= Math.floor(box[2]); k++) list.push(k);
  return list;
}
