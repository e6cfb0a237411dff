// One line per area, the same line in zh-CN/index.ts.

export { dates } from './dates.ts';
export { errors } from './errors.ts';
export { leave } from './leave.ts';
