// One line per area, the same line in zh-CN/index.ts.
export { leave } from './leave.ts';
