// One line per area, the same line in zh-CN/index.ts.

export { channel } from './channel.ts';
export { customer } from './customer.ts';
export { dates } from './dates.ts';
export { desk } from './desk.ts';
export { errors } from './errors.ts';
export { field } from './field.ts';
export { form } from './form.ts';
export { handover } from './handover.ts';
export { leave } from './leave.ts';
export { staff } from './staff.ts';
export { ticket } from './ticket.ts';
