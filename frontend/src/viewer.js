// <figure data-module="diagram" data-xml="URL" data-current="id id" data-done="id" data-steps="PREFIX">: draws a BPMN
// diagram, marks where the case stands, and ties every element to its line in the list of steps (id PREFIX-elementId).
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "./viewer.css";

const STEP = 1.25;
const READABLE = 0.55;

for (const figure of document.querySelectorAll('[data-module~="diagram"]')) whenShown(figure, draw);

// A diagram in a closed <details> has no size yet, so it is drawn when it is first seen.
function whenShown(figure, show) {
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    show(figure);
  });
  watcher.observe(figure);
}

async function draw(figure) {
  const viewer = new NavigatedViewer({
    container: figure.querySelector(".diagram-canvas"),
    zoomScroll: { enabled: false },
    bpmnRenderer: {
      defaultFillColor: "var(--diagram-fill)",
      defaultStrokeColor: "var(--diagram-stroke)",
      defaultLabelColor: "var(--diagram-label)",
    },
  });
  const answer = await fetch(figure.dataset.xml, { headers: { Accept: "application/xml" } });
  if (!answer.ok) throw new Error(`The diagram answered ${answer.status}.`);
  try {
    await viewer.importXML(await answer.text());
  } catch {
    return sayItFailed(figure);
  }
  figure.dataset.state = "drawn";
  describe(figure, viewer);
  mark(figure, viewer);
  tieToSteps(figure, viewer);
  tieToLinks(figure, viewer);
  addTools(figure, viewer);
  fit(figure, viewer);
}

// A file may hold steps and no shapes; the list of steps then stands alone.
function sayItFailed(figure) {
  figure.querySelector(".diagram-canvas").remove();
  figure.querySelector("figcaption").textContent = figure.dataset.failed;
  figure.dataset.state = "failed";
}

const idsIn = (text) => (text ?? "").split(" ").filter(Boolean);

function describe(figure, viewer) {
  const svg = viewer.get("canvas").getContainer().querySelector("svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", figure.dataset.label);
}

function mark(figure, viewer) {
  const elements = viewer.get("elementRegistry");
  const canvas = viewer.get("canvas");
  const marks = { "is-done": figure.dataset.done, "is-current": figure.dataset.current };
  for (const [marker, ids] of Object.entries(marks)) {
    for (const id of idsIn(ids)) if (elements.get(id)) canvas.addMarker(id, marker);
  }
  for (const id of idsIn(figure.dataset.current)) if (elements.get(id)) addFlag(figure, viewer, id);
}

// Colour is not the only sign: the current step also carries a word.
function addFlag(figure, viewer, id) {
  const flag = document.createElement("span");
  flag.className = "diagram-flag";
  flag.textContent = figure.dataset.currentLabel;
  viewer.get("overlays").add(id, { position: { top: -28, left: 0 }, html: flag });
}

function tieToSteps(figure, viewer) {
  const canvas = viewer.get("canvas");
  const lineOf = (id) => document.getElementById(`${figure.dataset.steps}-${id}`);
  viewer.on("element.click", ({ element }) => lineOf(element.id)?.focus());
  for (const { id } of viewer.get("elementRegistry").filter((element) => !element.labelTarget && lineOf(element.id))) {
    canvas.addMarker(id, "has-line");
    for (const come of ["mouseenter", "focus"]) lineOf(id).addEventListener(come, () => canvas.addMarker(id, "is-named"));
    for (const go of ["mouseleave", "blur"]) lineOf(id).addEventListener(go, () => canvas.removeMarker(id, "is-named"));
  }
}

// <a data-element="ID" href="#…">: brings that element of the drawing into view; without the drawing it is a plain link.
function tieToLinks(figure, viewer) {
  const canvas = viewer.get("canvas");
  const elements = viewer.get("elementRegistry");
  let shown = null;
  document.addEventListener("click", (event) => {
    const element = elements.get(event.target.closest("a[data-element]")?.dataset.element);
    if (!element) return;
    event.preventDefault();
    if (shown) canvas.removeMarker(shown, "is-named");
    shown = element.id;
    canvas.addMarker(shown, "is-named");
    canvas.zoom(Math.max(canvas.zoom(), 0.8));
    canvas.scrollToElement(element, 60);
    figure.scrollIntoView({ block: "nearest" });
  });
}

function addTools(figure, viewer) {
  const canvas = viewer.get("canvas");
  const acts = {
    in: () => canvas.zoom(canvas.zoom() * STEP),
    out: () => canvas.zoom(canvas.zoom() / STEP),
    all: () => canvas.zoom("fit-viewport", "auto"),
    here: () => goToCurrent(figure, viewer),
  };
  figure.querySelector(".diagram-tools").hidden = false;
  for (const button of figure.querySelectorAll("[data-zoom]")) button.addEventListener("click", acts[button.dataset.zoom]);
}

// As high as the drawing needs at full width, within bounds; where it would be too small to read, at the current step.
function fit(figure, viewer) {
  const canvas = viewer.get("canvas");
  const box = figure.querySelector(".diagram-canvas");
  const { inner } = canvas.viewbox();
  const height = (box.clientWidth * inner.height) / inner.width + 48;
  box.style.height = `${Math.round(Math.min(Math.max(height, 280), innerHeight * 0.75))}px`;
  canvas.resized();
  canvas.zoom("fit-viewport", "auto");
  if (canvas.zoom() < READABLE) goToCurrent(figure, viewer);
}

function goToCurrent(figure, viewer) {
  const element = idsIn(figure.dataset.current).map((id) => viewer.get("elementRegistry").get(id)).find(Boolean);
  if (!element) return;
  const canvas = viewer.get("canvas");
  const { outer } = canvas.viewbox();
  const scale = Math.max(canvas.zoom(), 0.8);
  const [width, height] = [outer.width / scale, outer.height / scale];
  const [x, y] = [element.x + element.width / 2 - width / 2, element.y + element.height / 2 - height / 2];
  canvas.viewbox({ x, y, width, height });
}
