// Every unit against the base of the day, and the rows where they are to be seen.
import { classes, data, moves, rows, units } from "./page.js";
import { against, placesOfMove, readingOf, rowsOfUnit } from "./judge.js";
import { state } from "./state.js";

export const seenFrom = (u, base) => against(units[u], base, classes, base === data.base);

let judged = [];
let judgedFor = -1;
export function judgements() {
  if (judgedFor !== state.base) {
    judgedFor = state.base;
    judged = units.map((unit, u) => seenFrom(u, state.base));
  }
  return judged;
}

export const unitsOfRow = rows.map(() => []);
units.forEach((unit, u) => rowsOfUnit(unit, moves).forEach(row => unitsOfRow[row]?.push(u)));

// The unit that tells of a move.
export const unitOfMove = new Map(units.flatMap((unit, u) => (unit.kind === "move" ? [[unit.move, u]] : [])));

export const isQuiet = u => units[u].readings.every(r => r.class === undefined || classes.quiet(r.class));

// The row in which a base has a unit.
export function rowFor(u, base) {
  const unit = units[u];
  if (unit.kind !== "move") return unit.row;
  const [own] = placesOfMove(moves[unit.move], Math.max(readingOf(unit, base), 0));
  return own.row ?? unit.row;
}

// All units in the order of a base; the data has them in that of its own.
export function inOrder(base) {
  const all = units.map((_, u) => u);
  if (base === data.base) return all;
  const first = new Map(all.map(u => [u, rowFor(u, base)]));
  return all.sort((x, y) => first.get(x) - first.get(y) || x - y);
}

export const isMovedIn = i => unitsOfRow[i].some(u => units[u].kind === "move");
