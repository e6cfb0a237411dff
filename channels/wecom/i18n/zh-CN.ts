/** What the channel itself says to people. */
export const zhCN = {
  writePlease: '暂时无法识别语音等消息，请用文字发送。',
  choose: '请选择',
  gone: '这个按钮已经失效，请发消息重新办理。',
  refused: '这一步现在不能办理，请发消息查看最新情况。',
  decided: '已处理',
  location: '位置：{name} {address}',
  unsupported: '[不支持的消息类型：{type}]',
} as const;
