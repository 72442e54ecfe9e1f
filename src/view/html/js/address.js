// What the address says after the place: #FI.1.5.3~view=app&base=PDx

export const VIEWS = ["rows", "read", "app", "sum"];

export function defaults(base, count) {
  const order = Array.from({ length: count }, (_, w) => w);
  return {
    view: "rows", base, order, hidden: new Set(), on: new Set(), q: "", read: null, positive: false, pair: null,
  };
}

// The fragment for a place and a state; what is as it would be anyway is not said.
export function written(here, s, base, witnesses) {
  const p = new URLSearchParams();
  const siglum = w => witnesses[w].siglum;
  if (s.view !== "rows") p.set("view", s.view);
  if (s.base !== base) p.set("base", siglum(s.base));
  if (s.order.some((w, i) => w !== i) || s.hidden.size) {
    p.set("show", s.order.filter(w => !s.hidden.has(w)).map(siglum).join(","));
  }
  if (s.on.size) p.set("only", [...s.on].sort().join(","));
  if (s.q) p.set("q", s.q);
  if (s.read !== null) p.set("read", siglum(s.read));
  if (s.positive) p.set("positive", "1");
  if (s.pair) p.set("pair", s.pair.map(siglum).join(","));
  const said = p.toString().replaceAll("%2C", ",");
  return "#" + encodeURIComponent(here).replaceAll("%3A", ":").replaceAll("~", "%7E") + (said ? "~" + said : "");
}

// Place and state of a fragment; what it does not say, or says of witnesses that are not there, is as usual.
export function understood(hash, base, witnesses) {
  const text = hash.replace(/^#/, "");
  const cut = text.indexOf("~");
  const place = cut < 0 ? text : text.slice(0, cut);
  const p = new URLSearchParams(cut < 0 ? "" : text.slice(cut + 1));
  const s = defaults(base, witnesses.length);
  const witness = siglum => witnesses.findIndex(w => w.siglum === siglum);
  const named = name => (p.get(name) || "").split(",").map(witness).filter(w => w >= 0);
  if (VIEWS.includes(p.get("view"))) s.view = p.get("view");
  const [other] = named("base");
  if (witnesses[other]?.compared) s.base = other;
  const shown = named("show");
  if (shown.length) {
    s.order = [...new Set(shown), ...s.order.filter(w => !shown.includes(w))];
    s.hidden = new Set(s.order.filter(w => !shown.includes(w)));
  }
  if (p.get("only")) s.on = new Set(p.get("only").split(","));
  s.q = p.get("q") || "";
  s.read = named("read")[0] ?? null;
  s.positive = p.get("positive") === "1";
  const pair = named("pair");
  if (pair.length === 2 && pair.every(w => witnesses[w].compared)) s.pair = pair;
  let here = place;
  try {
    here = decodeURIComponent(place);
  } catch {
    // Taken as it is.
  }
  return { here, state: s };
}
