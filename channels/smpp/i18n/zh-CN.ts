export const zhCN = {
  partMissing: '〔此处有一段短信未收到〕',
  notText: '〔收到一条无法显示的短信〕',
};
