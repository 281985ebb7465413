// On every page. Each behaviour finds its own elements by data-module; pages work without any of them.
import "htmx.org";
import "./behaviours/confirm.js";
import "./behaviours/copy.js";
import "./behaviours/focus.js";
import "./behaviours/print.js";
import "./behaviours/submit-once.js";
