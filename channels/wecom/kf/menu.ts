import type { Button, OutboundMessage } from '../../channel.ts';
import { bytes, cut } from '../bytes.ts';
import { type Locale, t } from '../i18n/index.ts';
import { isToken, type Piece, type Pressed } from '../pieces.ts';

/** Limits of kf/send_msg, in bytes. https://developer.work.weixin.qq.com/document/path/94677 */
export const MAX_TEXT = 2048;
const HEAD_BYTES = 1024;
const ITEMS = 10;
const ITEM_BYTES = 128;
const ID_BYTES = 128;

/**
 * What an outbound message comes to: a text, or a menu under it where there are choices. One message where it can be:
 * only five may be sent until the customer writes again.
 */
export function piecesOf({ text, actions = [] }: OutboundMessage, locale: Locale): Piece[] {
  const under = actions.length > 0 && bytes(text) <= HEAD_BYTES;
  const pieces: Piece[] = text.trim() && !under ? [{ msgtype: 'text', text: { content: text } }] : [];
  for (let from = 0; from < actions.length; from += ITEMS) {
    const head_content = from === 0 && under && text.trim() ? text : t(locale, 'choose');
    const list = actions.slice(from, from + ITEMS).map((button) => ({ type: 'click', click: item(button) }));
    pieces.push({ msgtype: 'msgmenu', msgmenu: { head_content, list } });
  }
  return pieces;
}

// Ids may hold letters, digits and _ only: what they stand for is written in hexadecimal.
const PREFIX = { token: 't_', words: 'v_' } as const;

/** A click says `content` in the customer's name; an id only where that isn't what pressing means. */
function item({ title, value = title, token }: Button): { id?: string; content: string } {
  const content = cut(title, ITEM_BYTES);
  const [prefix, meaning] = token ? [PREFIX.token, token] : [PREFIX.words, value];
  const id = prefix + Buffer.from(meaning, 'utf8').toString('hex');
  if (!token && value === content) return { content };
  return bytes(id) <= ID_BYTES ? { id, content } : { content };
}

/** What a menu's id stands for; undefined for one that isn't ours. */
export function pressed(id: string): Pressed | undefined {
  const [, prefix, hex = ''] = /^([tv]_)((?:[0-9a-f]{2})+)$/.exec(id) ?? [];
  const meaning = Buffer.from(hex, 'hex').toString('utf8');
  if (prefix === PREFIX.token) return isToken(meaning) ? { token: meaning } : undefined;
  return prefix && meaning ? { words: meaning } : undefined;
}
