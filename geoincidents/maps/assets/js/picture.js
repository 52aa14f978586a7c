// A picture of the map as it stands: the canvas below, the symbols redrawn upon it.

const PX = /-?[\d.]+/g;

function colourOf(node) {
  const style = getComputedStyle(node);
  return { fill: style.fill, stroke: style.stroke, width: Number.parseFloat(style.strokeWidth) || 0, dash: (style.strokeDasharray.match(PX) || []).map(Number), opacity: Number(style.opacity) };
}

function drawShape(ctx, node) {
  const look = colourOf(node);
  const path = node.tagName === "path" ? new Path2D(node.getAttribute("d")) : new Path2D();
  ctx.save();
  if (node.tagName === "circle") {
    const [cx, cy, r] = ["cx", "cy", "r"].map((name) => Number(node.getAttribute(name)));
    const turn = node.getAttribute("transform") ? -Math.PI / 2 : 0;
    path.arc(cx, cy, r, turn, turn + 2 * Math.PI);
  } else if (node.getAttribute("transform")) {
    const scale = Number(/scale\(([\d.]+)\)/.exec(node.getAttribute("transform"))?.[1] || 1);
    ctx.translate(12, 12);
    ctx.scale(scale, scale);
    ctx.translate(-12, -12);
  }
  ctx.globalAlpha = look.opacity;
  if (look.fill !== "none") {
    ctx.fillStyle = look.fill;
    ctx.fill(path, node.getAttribute("fill-rule") || "nonzero");
  }
  if (look.stroke !== "none" && look.width) {
    ctx.strokeStyle = look.stroke;
    ctx.lineWidth = look.width;
    ctx.setLineDash(look.dash);
    ctx.lineDashOffset = Number(node.getAttribute("stroke-dashoffset")) || 0;
    ctx.stroke(path);
  }
  ctx.restore();
}

function drawSymbol(ctx, node, origin) {
  const box = node.getBoundingClientRect();
  if (!box.width) return;
  const [x, y, width] = node.getAttribute("viewBox").split(" ").map(Number);
  ctx.save();
  ctx.translate(box.left - origin.left, box.top - origin.top);
  ctx.scale(box.width / width, box.width / width);
  ctx.translate(-x, -y);
  for (const shape of node.querySelectorAll("path, circle")) drawShape(ctx, shape);
  ctx.restore();
}

function drawText(ctx, node, origin) {
  const box = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  if (!box.width || !node.textContent) return;
  ctx.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = style.color;
  ctx.fillText(node.textContent, box.left - origin.left + box.width / 2, box.top - origin.top + box.height / 2);
}

/** The map's element → a PNG blob with a title and a footer line. */
export function picture(root, { title, footer, colours }) {
  const origin = root.getBoundingClientRect();
  const ratio = 2;
  const [head, foot] = [44, 26];
  const canvas = document.createElement("canvas");
  canvas.width = origin.width * ratio;
  canvas.height = (origin.height + head + foot) * ratio;
  const ctx = canvas.getContext("2d");
  ctx.scale(ratio, ratio);
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, origin.width, origin.height + head + foot);
  const family = getComputedStyle(root).fontFamily;
  ctx.fillStyle = colours.ink;
  ctx.textBaseline = "middle";
  ctx.font = `600 18px ${family}`;
  ctx.fillText(title, 14, head / 2, origin.width - 28);
  ctx.font = `11px ${family}`;
  ctx.fillText(footer, 14, origin.height + head + foot / 2, origin.width - 28);
  ctx.translate(0, head);
  ctx.beginPath();
  ctx.rect(0, 0, origin.width, origin.height);
  ctx.clip();
  const scene = root.querySelector("canvas.gi-scene");
  const at = scene.getBoundingClientRect();
  ctx.drawImage(scene, at.left - origin.left, at.top - origin.top, at.width, at.height);
  for (const pin of root.querySelectorAll(".gi-marker")) {
    for (const node of pin.querySelectorAll("svg")) drawSymbol(ctx, node, origin);
    for (const node of pin.querySelectorAll(".gi-count")) drawText(ctx, node, origin);
  }
  for (const chip of root.querySelectorAll(".gi-chip")) {
    const box = chip.getBoundingClientRect();
    ctx.fillStyle = colours.paper;
    ctx.beginPath();
    ctx.roundRect(box.left - origin.left, box.top - origin.top, box.width, box.height, box.height / 2);
    ctx.fill();
    for (const node of chip.querySelectorAll("svg")) drawSymbol(ctx, node, origin);
    for (const node of chip.querySelectorAll("bdi, b")) drawText(ctx, node, origin);
  }
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
