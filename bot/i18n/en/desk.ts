import type { Translation } from '../types.ts';
import type { desk as source } from '../zh-CN/desk.ts';

export const desk = {
  taken: '{name} has joined and is listening.',
  released: 'Our agent has left. The assistant will carry on from here.',
  finished: 'This chat is closed. Thank you for coming; just write again whenever you need us.',
} as const satisfies Translation<typeof source>;
