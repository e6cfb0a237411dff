/** What the channel itself says to people. */
export const zhCN = {
  gone: '这个按钮已经失效。',
};
