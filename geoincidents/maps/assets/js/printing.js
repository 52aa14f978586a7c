// The page on paper: the map drawn anew for the sheet's width, the table whole.

/** Fit a page to paper, and `dress` it for that, while it is printed; `table()` is the table of the moment. */
export function listenPrinting(root, leaflet, table, dress) {
  function fit(printing) {
    root.classList.toggle("gi-print", printing);
    leaflet.invalidateSize({ animate: false });
    dress();
    table().print(printing);
  }
  addEventListener("beforeprint", () => fit(true));
  addEventListener("afterprint", () => fit(false));
}
