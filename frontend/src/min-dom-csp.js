// The min-dom module, except that domify() sets style attributes through the CSSOM, which a strict
// Content-Security-Policy allows.
export * from "min-dom";
import { domify as plainDomify } from "min-dom";

const LATER = "data-later-style";

export function domify(html, ...rest) {
  if (typeof html !== "string" || !/\sstyle=/.test(html)) return plainDomify(html, ...rest);
  const node = plainDomify(html.replace(/(\s)style=(?=["'])/g, `$1${LATER}=`), ...rest);
  const waiting = [...(node.querySelectorAll?.(`[${LATER}]`) ?? [])];
  if (node.matches?.(`[${LATER}]`)) waiting.push(node);
  waiting.forEach(applyStyle);
  return node;
}

function applyStyle(node) {
  node.style.cssText = node.getAttribute(LATER);
  node.removeAttribute(LATER);
}
