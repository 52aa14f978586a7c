// Keys for the whole page; fields and the map's own keys are left alone.

const FIELDS = new Set(["INPUT", "SELECT", "TEXTAREA"]);

/** What a key press means, or null: pure, so that it can be tested. */
export function meaning(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key === "Escape") return ["close"];
  if (FIELDS.has(event.target?.tagName)) return null;
  const onMap = event.target?.classList?.contains("leaflet-container");
  switch (event.key) {
    case "/": return ["search"];
    case "?": return ["help"];
    case "p": case "P": return ["play"];
    case "ArrowLeft": return onMap ? null : ["step", -1];
    case "ArrowRight": return onMap ? null : ["step", 1];
    case "ArrowUp": return onMap ? null : ["rows", -1];
    case "ArrowDown": return onMap ? null : ["rows", 1];
    default: return null;
  }
}

/** Call `actions` on keys. */
export function listenKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || document.getElementById("gi-dialog")?.open) return;
    const found = meaning(event);
    if (!found) return;
    if (found[0] !== "close") event.preventDefault();
    actions[found[0]](found[1]);
  });
}
