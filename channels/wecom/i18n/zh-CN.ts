/** What the channel itself says to people. */
export const zhCN = {
  writePlease: '暂时无法识别语音等消息，请用文字发送。',
  choose: '请选择',
  decided: '已处理',
  location: '位置：{name} {address}',
  unsupported: '[不支持的消息类型：{type}]',
} as const;
