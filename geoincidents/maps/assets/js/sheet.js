// On a narrow screen the panel is a sheet that can be dragged to half or full height.

/** The height a drag ends at: "full", "half" or "closed", by share of the screen. */
export function settle(share) {
  return share > 0.66 ? "full" : share > 0.2 ? "half" : "closed";
}

/** Let `panel` be dragged by its bar. */
export function createSheet(panel) {
  const bar = panel.querySelector(".gi-panel-bar");
  let startY = 0;
  let startHeight = 0;
  const isSheet = () => matchMedia("(max-width: 600px)").matches;

  bar.addEventListener("pointerdown", (event) => {
    if (!isSheet() || event.target.closest("button")) return;
    startY = event.clientY;
    startHeight = panel.offsetHeight;
    bar.setPointerCapture(event.pointerId);
    panel.classList.add("gi-dragging");
  });
  bar.addEventListener("pointermove", (event) => {
    if (!panel.classList.contains("gi-dragging")) return;
    panel.style.height = `${Math.max(60, startHeight + startY - event.clientY)}px`;
  });
  bar.addEventListener("pointerup", (event) => {
    if (!panel.classList.contains("gi-dragging")) return;
    panel.classList.remove("gi-dragging");
    panel.style.height = "";
    const moved = Math.abs(event.clientY - startY) > 6;
    const where = moved ? settle((startHeight + startY - event.clientY) / innerHeight)
      : panel.dataset.sheet === "full" ? "half" : "full";
    if (where === "closed") panel.querySelector(".gi-close").click();
    else panel.dataset.sheet = where;
  });
  return {
    update(open) {
      if (open && !panel.dataset.sheet) panel.dataset.sheet = "half";
    },
  };
}
