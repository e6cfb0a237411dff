type Reply = Record<string, unknown>;

const adaptive = {
  contentType: 'application/vnd.microsoft.card.adaptive',
  content: {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [
      { type: 'TextBlock', text: '**请核对投诉单**', weight: 'Bolder' },
      {
        type: 'FactSet',
        facts: [
          { title: '类别', value: '资费争议' },
          { title: '联系电话', value: '136****0000' },
        ],
      },
    ],
    actions: [
      { type: 'Action.Submit', title: '提交', data: { form: 'complaint', confirm: true } },
      { type: 'Action.Submit', title: '修改', data: { form: 'complaint', confirm: false } },
    ],
  },
};

const menu = {
  contentType: 'application/vnd.microsoft.card.hero',
  content: {
    title: '主菜单',
    text: '请选择，或直接说出您的问题：',
    buttons: ['套餐与流量', '宽带报修', '话费账单', '投诉建议'].map((title) => ({
      type: 'imBack',
      title,
      value: title,
    })),
  },
};

const plans: Reply = {
  text: '5G畅享套餐共五档（国内通用流量＋国内主叫）：\n\n- **59元**：20GB＋100分钟\n- **99元**：40GB＋300分钟\n- **129元**：60GB＋500分钟\n\n各档国内接听均免费，详见 https://example.com/plans 。',
  channelData: yingda('answer', [{ id: 'zh-a-001', title: '5G畅享套餐有哪些档位，价格是多少' }]),
};

const roaming: Reply = {
  text: '|方向|日包（1GB）|7天包（5GB）|\n|---|---|---|\n|亚洲|18元|98元|\n|欧美澳|28元|158元|\n\n1. 掌厅“国际漫游—流量包”订购\n2. 从境外首次上网起算\n\n发送 `KTGM` 也可开通。',
  channelData: yingda('answer', [{ id: 'zh-b-027', title: '国际漫游流量包有哪些，怎么收费' }]),
};

function yingda(outcome: string, sources: { id: string; title: string }[] = []) {
  return { yingda: { outcome, entryIds: sources.map(({ id }) => id), score: 0.9, sources, author: 'bot' } };
}

function suggest(...titles: string[]): Reply {
  return { suggestedActions: { actions: titles.map((title) => ({ type: 'imBack', title, value: title })) } };
}

const system = (text: string): Reply => ({
  text,
  channelData: { yingda: { author: 'system', outcome: 'handoff' } },
});

/** What the peer's bot says to a text or to a pressed card. */
export function replies(text: string, value: unknown): Reply[] {
  if (value) return [{ text: `已收到：${JSON.stringify(value)}`, channelData: yingda('form') }];
  if (/人工|human agent/i.test(text)) {
    const agent = { id: 'agent', name: '林晓', role: 'bot' };
    const author = { yingda: { author: 'agent' } };
    return [
      system('您排在第 1 位，预计等待不到 1 分钟'),
      system('客服 林晓 已加入对话'),
      { text: '您好，我是林晓，请问有什么可以帮您？', textFormat: 'plain', from: agent, channelData: author },
    ];
  }
  if (/菜单|menu/i.test(text)) return [{ attachments: [menu], channelData: yingda('choices') }];
  if (/投诉/.test(text)) return [{ attachments: [adaptive], channelData: yingda('form') }];
  if (/漫游/.test(text)) return [roaming];
  if (/宽带/.test(text)) {
    return [
      {
        text: '请问您想了解哪一项？',
        ...suggest('办理家庭宽带', '宽带断网报修', '宽带提速'),
        channelData: yingda('choices'),
      },
    ];
  }
  if (/套餐|plan/i.test(text)) return [plans];
  if (/echo/.test(text)) return [{ text: `echo ${text}`, channelData: yingda('answer') }];
  return [
    {
      text: '抱歉，这个问题我暂时不知道。您可以转人工，或留言由专人回复。',
      ...suggest('转人工', '留言/建单'),
      channelData: yingda('unknown'),
    },
  ];
}
