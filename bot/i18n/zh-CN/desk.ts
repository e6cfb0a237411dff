/** 座席: what customers read when their conversation changes hands. */
export const desk = {
  taken: '客服 {name} 已接入，请讲。',
  released: '客服已结束人工服务，接下来由智能助手继续为您服务。',
  finished: '本次服务已结束，感谢您的来访。如还有问题，直接发消息就可以。',
} as const;
