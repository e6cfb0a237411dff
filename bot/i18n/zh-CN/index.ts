// One line per area, the same line in en/index.ts: that is all it takes to add one.
export { leave } from './leave.ts';
