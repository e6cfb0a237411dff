// One line per area, the same line in en/index.ts: that is all it takes to add one.

export { dates } from './dates.ts';
export { errors } from './errors.ts';
export { leave } from './leave.ts';
