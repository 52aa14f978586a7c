// Elements without markup: text always goes in as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "data") Object.assign(node.dataset, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** An HTML element; strings among `children` become text nodes. */
export function el(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** An SVG element. */
export function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** Replace all that an element holds. */
export function refill(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** The address if it is plain http or https, else null. */
export function safeUrl(address) {
  if (typeof address !== "string" || !/^https?:\/\//i.test(address.trim())) return null;
  try {
    const url = new URL(address.trim());
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch {
    return null;
  }
}

/** A link to another host that tells it nothing; plain text when it is unsafe. */
export function link(address, text) {
  const href = safeUrl(address);
  if (!href) return el("span", { dir: "auto", text });
  return el("a", { href, rel: "noopener noreferrer nofollow", target: "_blank", dir: "auto", text });
}

/** Run once, `wait` milliseconds after the last call. */
export function debounce(run, wait) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => run(...args), wait);
  };
}
