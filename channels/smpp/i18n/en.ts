import type { zhCN } from './zh-CN.ts';

export const en: typeof zhCN = {
  partMissing: '[a part of this message did not arrive]',
  notText: '[a message that cannot be shown]',
};
