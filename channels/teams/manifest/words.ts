/** What people read about the app in Teams: where it is installed, and when they type a command. */
export interface AppWords {
  short: string;
  full: string;
}

/** The title is sent as typed: the bot understands it. */
export interface AppCommand {
  title: string;
  description: string;
}

interface Words {
  staff: AppWords;
  customer: AppWords & { commands: AppCommand[] };
}

export const zhCN: Words = {
  staff: {
    short: '内部助手：请假、班次、审批，直接写就行。',
    full: '内部助手能帮您请假、查班次、查看和撤回申请、审批。首次使用请先在工作台取得绑定码，再发给助手。',
  },
  customer: {
    short: '客服：提问、办业务、查工单、转人工。',
    full: '直接提问即可；也可以登记投诉、报修和业务办理，查询工单进度，或转人工。',
    commands: [
      { title: '菜单', description: '看看能办哪些事' },
      { title: '我要投诉', description: '登记一件投诉' },
      { title: '我要报修', description: '登记一处故障' },
      { title: '查工单', description: '工单办到哪一步了' },
      { title: '转人工', description: '请一位客服来' },
    ],
  },
};

export const en: Words = {
  staff: {
    short: 'Staff assistant: leave, shifts, approvals. Just write.',
    full: 'The staff assistant asks for leave, shows shifts, shows and takes back requests, and lets you decide them. To begin, get a linking code in the console and send it to the assistant.',
  },
  customer: {
    short: 'Customer service: ask, order, track a ticket, reach a person.',
    full: 'Just ask. You can also file a complaint, report a fault, order a change, see where a ticket stands, or reach a person.',
    commands: [
      { title: 'Menu', description: 'What can be done here' },
      { title: 'Complaint', description: 'File a complaint' },
      { title: 'Report a fault', description: 'Report something that does not work' },
      { title: 'Ticket status', description: 'Where your ticket stands' },
      { title: 'Talk to a person', description: 'Ask for a colleague' },
    ],
  },
};
