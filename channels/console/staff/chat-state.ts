import type { Activity, CardAction } from './wire.ts';

/** One line of the staff chat. */
export interface Line {
  /** The activity's id, or for one's own words on their way the client's id. */
  id: string;
  mine: boolean;
  text: string;
  /** Only the bot writes Markdown. */
  markdown: boolean;
  /** Epoch milliseconds; 0 while it isn't known. */
  at: number;
  cards: Card[];
  files: SentFile[];
  options: CardAction[];
  clientId: string | undefined;
  state: 'said' | 'sending' | 'failed';
  why?: string;
  /** What is posted again when it failed. */
  activity?: Activity;
}

/** A file of the bot's, such as a sheet that was asked for. Its address is good for some hours. */
export interface SentFile {
  name: string;
  url: string;
  picture: boolean;
}

/** The part of an Adaptive Card 1.5 that the staff bot uses. */
export interface Card {
  texts: { text: string; strong: boolean }[];
  facts: { title: string; value: string }[];
  buttons: { title: string; data: unknown; style: 'positive' | 'destructive' | undefined }[];
}

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';

/** What was heard, added; a line heard again (a card that was decided) is redrawn in its place. */
export function heard(lines: readonly Line[], activities: readonly Activity[]): Line[] {
  let next = [...lines];
  for (const activity of activities) {
    if (activity.type !== 'message') continue;
    const line = lineOf(activity);
    const at = next.findIndex(
      ({ id, clientId }) => id === line.id || (line.clientId !== undefined && clientId === line.clientId),
    );
    next = at < 0 ? [...next, line] : next.with(at, line);
  }
  return next;
}

/** One's own words on their way; their time is the server's to say. */
export function saying(lines: readonly Line[], activity: Activity): Line[] {
  const clientId = activity.channelData?.clientActivityID ?? '';
  const line: Line = {
    ...{ id: clientId, clientId, mine: true, text: activity.text ?? '', markdown: false, at: 0 },
    ...{ cards: [], files: [], options: [], state: 'sending', activity },
  };
  const at = lines.findIndex((each) => each.clientId === clientId);
  return at < 0 ? [...lines, line] : lines.with(at, line);
}

/** Its echo on the stream may have come before. */
export function said(lines: readonly Line[], clientId: string): Line[] {
  return lines.map((line) =>
    line.clientId === clientId && line.state === 'sending' ? { ...line, state: 'said' } : line,
  );
}

export function notSaid(lines: readonly Line[], clientId: string, why: string): Line[] {
  return lines.map((line) => (line.clientId === clientId ? { ...line, state: 'failed', why } : line));
}

function lineOf(activity: Activity): Line {
  const cards = (activity.attachments ?? []).flatMap(({ contentType, content }) =>
    contentType === ADAPTIVE ? [cardOf(content)] : [],
  );
  const files = (activity.attachments ?? []).flatMap(({ contentType = '', contentUrl, name = '' }) =>
    contentUrl ? [{ name, url: contentUrl, picture: contentType.startsWith('image/') }] : [],
  );
  return {
    id: activity.id ?? '',
    mine: activity.from?.role === 'user',
    text: activity.text ?? '',
    markdown: activity.textFormat === 'markdown',
    at: Date.parse(activity.timestamp ?? '') || 0,
    cards,
    files,
    options: activity.suggestedActions?.actions ?? [],
    clientId: activity.channelData?.clientActivityID,
    state: 'said',
  };
}

interface Element {
  type?: string;
  text?: string;
  weight?: string;
  facts?: { title?: string; value?: string }[];
}
interface Submit {
  type?: string;
  title?: string;
  data?: unknown;
  style?: string;
}

/** Elements of kinds that we don't draw are left out. */
export function cardOf(content: unknown): Card {
  const { body = [], actions = [] } = (content ?? {}) as { body?: Element[]; actions?: Submit[] };
  return {
    texts: body.flatMap(({ type, text, weight }) =>
      type === 'TextBlock' && text ? [{ text, strong: weight === 'Bolder' }] : [],
    ),
    facts: body.flatMap(({ type, facts = [] }) =>
      type === 'FactSet' ? facts.map(({ title = '', value = '' }) => ({ title, value })) : [],
    ),
    buttons: actions.flatMap(({ type, title = '', data, style }) =>
      type === 'Action.Submit'
        ? [{ title, data, style: style === 'positive' || style === 'destructive' ? style : undefined }]
        : [],
    ),
  };
}
