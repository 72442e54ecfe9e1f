// Where one is and what is asked for; both are in the address, so that one can come back.
import { W, data } from "./page.js";
import { defaults, understood, written } from "./address.js";

export let state = defaults(data.base, W.length);
// The row or entry that one is at; the panels that are open.
export const at = { here: "", row: -1, word: null, open: false };

export function readAddress() {
  const read = understood(location.hash, data.base, W);
  at.here = read.here;
  state = read.state;
}

// `push`: a step that one can come back from; otherwise the address is only brought up to date.
export function remember(push) {
  const address = written(at.here, state, data.base, W);
  try {
    history[push ? "pushState" : "replaceState"](null, "", address);
  } catch {
    location.replace(address);
  }
}
