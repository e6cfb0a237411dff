/** What the channel itself says in Teams. */
export const zhCN = {
  gone: '这个按钮已经失效，请发消息重新办理。',
  refused: '这一步现在不能办理，请刷新卡片后再看。',
  broken: '系统暂时出了点问题，请稍后再按一次。',
} as const;
