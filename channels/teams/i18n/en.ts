import type { zhCN } from './zh-CN.ts';

export const en: Record<keyof typeof zhCN, string> = {
  gone: 'This button no longer works. Please send a message to start again.',
  refused: 'This can’t be done now. Please refresh the card and look again.',
  broken: 'Something went wrong here. Please press again in a moment.',
};
