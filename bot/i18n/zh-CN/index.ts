// One line per area, the same line in en/index.ts: that is all it takes to add one.

export { attendance } from './attendance.ts';
export { channel } from './channel.ts';
export { customer } from './customer.ts';
export { dates } from './dates.ts';
export { desk } from './desk.ts';
export { dutylog } from './dutylog.ts';
export { errors } from './errors.ts';
export { field } from './field.ts';
export { form } from './form.ts';
export { handover } from './handover.ts';
export { leave } from './leave.ts';
export { matter } from './matter.ts';
export { meeting } from './meeting.ts';
export { notice } from './notice.ts';
export { roster } from './roster.ts';
export { staff } from './staff.ts';
export { surge } from './surge.ts';
export { swap } from './swap.ts';
export { ticket } from './ticket.ts';
