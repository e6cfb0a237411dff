import type { zhCN } from './zh-CN.ts';

/** The same in English. */
export const en: Record<keyof typeof zhCN, string> = {
  writePlease: 'Voice and similar messages can’t be understood yet. Please write.',
  choose: 'Please choose',
  gone: 'This button no longer works. Please send a message to start again.',
  refused: 'This can’t be done now. Please send a message to see how things stand.',
  decided: 'Handled',
  location: 'Location: {name} {address}',
  unsupported: '[Unsupported kind of message: {type}]',
};
