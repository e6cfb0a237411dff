/** 表单: what every conversational form says. The words on buttons are commands, see bot/dialog/form/commands.ts. */
export const form = {
  begin: '好的，为您填写{title}。随时可以回复“取消”“返回上一步”或“重新开始”。',
  had: '原来填的是“{value}”，不改可以回复“保持不变”。',
  choose_one: '请从下面选一项，点按钮或回复序号都可以。',
  please_confirm: '请核对以下内容，没有问题请点“确认提交”。',
  confirm_or_correct: '还没有提交。没有问题请点“确认提交”，要改请点“修改”，不办了请点“取消”。',
  summary_title: '{title} · 待确认',
  which_field: '您要修改哪一项？',
  first_field: '这已经是第一项了。',
  not_complete: '还没有填完，暂时不能提交。',
  where_we_were: '我们接着填{title}。',
  unfinished: '您上次的{title}还没填完，继续吗？',
  cancelled: '好的，{title}已取消，没有提交。',

  confirm: '确认提交',
  correct: '修改',
  cancel: '取消',
  keep: '保持不变',
  skip: '跳过',
  use_held: '用这句话',
  resume: '继续填写',
  discard: '放弃',
} as const;
