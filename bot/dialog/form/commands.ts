import { t } from '../../i18n/index.ts';
import type { Form, FormContext } from './types.ts';

/** What somebody may say about the form itself, at any moment. */
export type Command =
  | { do: 'cancel' | 'back' | 'restart' | 'correct' | 'confirm' | 'keep' | 'skip' | 'resume' | 'useHeld' }
  | { do: 'correctField'; field: string };

// Whole sentences only: 「我要取消宽带」 in a description is no command.
const WORDS: [Exclude<Command['do'], 'correctField'>, RegExp][] = [
  [
    'cancel',
    /^(取消(填写|表单|投诉|报修|申请)?|退出|放弃|算了|不填了|不办了|不投诉了|不用了|cancel|quit|exit|stop|never ?mind|discard)$/,
  ],
  ['back', /^(返回(上一步|上一项)?|上一步|上一项|后退|go back|back|previous)$/],
  ['restart', /^(重新开始|重新填写?|重填|从头(再来|开始)|start (over|again)|restart)$/],
  ['correct', /^(修改|更正|改一下|我要修改|有误|不对|change|edit|change something)$/],
  ['confirm', /^(确认(提交|无误)?|提交|confirm( and submit)?|submit)$/],
  ['keep', /^(保持不变|不变|不改了|保留|keep( it)?|unchanged)$/],
  ['skip', /^(跳过|没有|无|不填|skip|none)$/],
  ['resume', /^(继续(填写|填)?|接着填|continue|resume|go on)$/],
  ['useHeld', /^(用这句话|就用这句话|use (it|that|this)|use my words)$/],
];

const CORRECT =
  /^(?:我要|我想|请)?(?:修改|更正|改一下|改)(?:一下)?(.+)$|^(?:change|correct|edit)(?: the| my)? (.+)$/;
// No command is longer; it bounds the work of the patterns.
const MAX_CHARACTERS = 200;

/** The words without what carries no meaning: case, width, blanks around, politeness and punctuation at the end. */
export function plain(text: string): string {
  if (text.length > MAX_CHARACTERS) return text;
  return text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/^(请|please )/, '')
    .replace(/([\s.。!！,，~～]|吧|谢谢|please)+$/u, '')
    .replace(/\s+/g, ' ');
}

/** The command in a message, if the whole message is one. */
export function readCommand<C extends FormContext>(form: Form<C>, text: string): Command | undefined {
  const said = plain(text);
  for (const [command, words] of WORDS) if (words.test(said)) return { do: command };
  const named = CORRECT.exec(said);
  const name = (named?.[1] ?? named?.[2])?.trim();
  const field = name && form.fields.find((f) => labels(f.label).includes(name));
  return field ? { do: 'correctField', field: field.key } : undefined;
}

function labels(key: Form['title']): string[] {
  return [plain(t('zh-CN', key as never)), plain(t('en', key as never))];
}
