import type { zhCN } from './zh-CN.ts';

export const en: typeof zhCN = {
  gone: 'This button no longer works.',
};
