// node build.mjs OUT: bundles src/ into OUT with hashed names, a manifest and compressed copies.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const OUT = path.resolve(process.argv[2] ?? path.join(HERE, "../app/static/dist"));
const ENTRIES = ["app.css", "app.js", "theme.js", "viewer.js", "form.js"];

// bpmn.io builds elements from HTML with style attributes, which the Content-Security-Policy refuses.
const strictStyles = {
  name: "strict-styles",
  setup({ onResolve, onEnd }) {
    const shim = path.join(HERE, "src/min-dom-csp.js");
    let uses = 0;
    onResolve({ filter: /^min-dom$/ }, ({ importer, resolveDir, kind }) => {
      if (importer === shim) return undefined;
      uses += 1;
      return { path: shim };
    });
    onEnd(() => {
      if (!uses) throw new Error("The style patch no longer applies: nothing imports min-dom.");
    });
  },
};

rmSync(OUT, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: HERE,
  entryPoints: ENTRIES.map((name) => `src/${name}`).filter((file) => existsSync(path.join(HERE, file))),
  outdir: OUT,
  bundle: true,
  minify: true,
  format: "esm",
  splitting: true,
  target: ["es2022", "safari16"],
  charset: "utf8",
  legalComments: "linked",
  metafile: true,
  entryNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  assetNames: "assets/[name]-[hash]",
  loader: { ".svg": "file", ".woff": "file", ".woff2": "file", ".ttf": "file", ".eot": "empty" },
  plugins: [strictStyles],
  logLevel: "warning",
});

const manifest = { files: {}, icons: [] };
for (const [file, { entryPoint, cssBundle }] of Object.entries(metafile.outputs)) {
  if (!entryPoint || !/\.(js|css)$/.test(file)) continue;
  const name = path.basename(entryPoint);
  manifest.files[name] = path.basename(file);
  if (cssBundle) manifest.files[name.replace(/js$/, "css")] = path.basename(cssBundle);
}
writeIcons();
writeFileSync(path.join(OUT, "manifest.json"), JSON.stringify(manifest, null, 1));
readdirSync(OUT).filter((name) => /\.(js|css|svg)$/.test(name)).forEach(compress);

// One SVG file with the icons of src/icons.json (our name: its name in bootstrap-icons), each a <symbol>.
function writeIcons() {
  const drawings = JSON.parse(readFileSync(path.join(HERE, "src/icons.json"), "utf8"));
  manifest.icons = Object.keys(drawings);
  const symbols = Object.entries(drawings).map(([name, original]) => {
    const file = path.join(HERE, "node_modules/bootstrap-icons/icons", `${original}.svg`);
    const drawing = readFileSync(file, "utf8").replace(/^<svg[^>]*>|<\/svg>\s*$/g, "").trim();
    return `<symbol id="${name}" viewBox="0 0 16 16" fill="currentColor">${drawing}</symbol>`;
  });
  const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
  const hash = createHash("sha256").update(sprite).digest("hex").slice(0, 8).toUpperCase();
  manifest.files["icons.svg"] = `icons-${hash}.svg`;
  writeFileSync(path.join(OUT, manifest.files["icons.svg"]), sprite);
}

function compress(name) {
  const file = path.join(OUT, name);
  const bytes = readFileSync(file);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
}
