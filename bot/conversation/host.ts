import type {
  Account,
  Card,
  ChannelHost,
  InboundMessage,
  OutboundMessage,
  Receipt,
} from '../../channels/channel.ts';
import { type Database, hot, uuidv7 } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { fileStore } from '../files/store.ts';
import { storable } from '../http/storable.ts';
import { attends } from '../people/attendance.ts';
import { sayingAway } from './host-away.ts';
import { filesOf } from './inbound-files.ts';
import { activityId, fromRow, visible } from './message.ts';
import type { Pipeline } from './pipeline.ts';
import { redrawDecided } from './redraw.ts';
import { exchangeResumeKey, issueResumeKey } from './resume.ts';
import { channelShelf } from './shelf.ts';
import { moveThread, thread } from './threads.ts';

/** What a channel may ask of the product. `key` gives key material for a purpose, `commands` what colleagues can type. */
export function channelHost(
  pipeline: Pipeline,
  key: (purpose: string) => Buffer,
  commands?: ChannelHost['commands'],
): ChannelHost {
  const { db, now, vault } = pipeline.parts;
  return sayingAway({
    now,
    key,
    ...(commands && { commands }),
    accounts: () => accounts(pipeline),
    thread: (account, key, locale, address) => {
      const { id, audience } = account;
      return thread(db, vault, { account: id, key, audience, locale, ...(address && { address }) }, now());
    },
    receive: (account, message) => receive(pipeline, account, message),
    press: (conversationId, token, about) => press(pipeline, conversationId, token, about),
    attends: (conversationId, acting) => attends(db.sql, conversationId, { acting, now: now() }),
    move: (account, key, to) => moveThread(db, vault, account.id, { key, to }),
    receipt: (account, externalId, receipt, about) =>
      db.transaction((unit) =>
        hot.report(unit.sql, { account, externalId, receipt, ...about }, new Date(now())),
      ),
    file: (conversationId, fileId) => conversationFile(db, conversationId, fileId),
    read: async (conversationId, after, limit) =>
      (await hot.readVisible(db.sql, conversationId, after, limit)).map(fromRow),
    follow: (conversationId, after, onMessages) => follow(pipeline, conversationId, after, onMessages),
    shelf: channelShelf(db, vault, now),
    resume: {
      issue: (grant) => issueResumeKey(db, grant, now()),
      exchange: (conversationId, resumeKey) => exchangeResumeKey(db, conversationId, resumeKey, now()),
    },
  });
}

/** Counts the press, and draws the decided card into the messages that carried it: for reloads and other processes. */
async function press(
  pipeline: Pipeline,
  conversationId: string,
  token: string,
  about: { note?: string; by?: string } = {},
): Promise<Card> {
  const { db, now, press: count } = pipeline.parts;
  const by = about.by === undefined ? undefined : await presser(pipeline, conversationId, about.by);
  const card = await count(conversationId, token, about.note, by);
  if (card.outcome !== undefined && (await redrawDecided(db, now()))) await pipeline.wakeTold();
  // Whom it concerns has been told by a word to their conversation.
  pipeline.nudge();
  return card;
}

async function accounts(pipeline: Pipeline): Promise<Account[]> {
  // Plain SQL: every start comes here, and Prisma's first query costs 0.2 s.
  const { rows } = await pipeline.parts.db.sql.query<Account & Record<string, unknown>>({
    text: 'SELECT id, channel, name, audience, settings FROM channel_account WHERE active',
  });
  return rows;
}

async function receive(pipeline: Pipeline, account: Account, given: InboundMessage): Promise<Receipt> {
  const { db, now } = pipeline.parts;
  const message = storable(given);
  const { conversationId, externalId, kind, text } = message;
  if (kind === 'typing') pipeline.signal({ conversationId, from: 'customer' });
  if ((kind === 'edit' || kind === 'delete') && externalId) {
    const at = { account: account.id, conversationId, externalId };
    await hot.markReceived(db.sql, at, { kind, text, now: new Date(now()) });
  }
  if ((kind === 'joined' || kind === 'left') && pipeline.channelOf(account.id)?.can.push) {
    await hot.markThread(db.sql, conversationId, kind === 'left', new Date(now()));
    if (kind === 'joined') await greet(pipeline, conversationId);
  }
  if (kind !== 'message') return { id: '', seq: 0, repeated: false };

  const row: hot.InboundRow = {
    conversationId,
    account: account.id,
    externalId: externalId ?? null,
    messageId: uuidv7(now()),
    author: account.audience,
    personId: null,
    text,
    data: {
      ...(message.trace && { trace: message.trace }),
      ...(externalId && { clientId: externalId }),
      ...(message.sender && senderOf(message.sender)),
      ...(message.opts && { opts: message.opts }),
      ...(message.value !== undefined && { value: message.value }),
    },
    episodeId: uuidv7(now()),
  };
  const files = message.files?.length ? filesOf(fileStore(db), row, message.files, now()) : undefined;
  const accepted = await (files
    ? pipeline.intake.receiveWith(files.row, files.write)
    : pipeline.intake.receive(row));
  if (!accepted) throw new AppError('not_found');
  const word = accepted.repeated ? undefined : (message.opts?.to ?? pipeline.parts.optWord?.(text));
  if (word && pipeline.channelOf(account.id)?.can.push)
    await hot.optOut(db.sql, conversationId, word === 'out', new Date(now()));
  return { id: activityId(conversationId, accepted.seq), seq: accepted.seq, repeated: accepted.repeated };
}

const MOST_NAME = 80;

/** Who spoke, as the message keeps it: `name` is what the desk shows beside it. */
function senderOf({ key, name }: NonNullable<InboundMessage['sender']>) {
  const shown = name?.trim();
  return {
    sender: key,
    ...(shown && { name: [...shown].slice(0, MOST_NAME).join('') }),
  };
}

/** Wakes a conversation in which nothing was said yet, so that its bot says the first word (RULEBOOK §2.11, 问声). */
async function greet(pipeline: Pipeline, conversationId: string): Promise<void> {
  const { db, now } = pipeline.parts;
  const at = new Date(now());
  const word = { id: uuidv7(now()), conversationId, kind: 'joined', data: {} };
  if (await hot.greet(db.sql, word, at)) pipeline.nudge();
}

async function conversationFile(db: Database, conversationId: string, fileId: string) {
  const store = fileStore(db);
  const found = await store.find(fileId);
  if (!found) return undefined;
  // Else one that lies elsewhere, such as the attachment of a notice, and was said here.
  if (
    found.owner !== `conversation:${conversationId}` &&
    !(await hot.wasSaid(db.sql, conversationId, fileId))
  )
    return undefined;
  const { id, name, contentType: type, size } = found;
  const chunks: Buffer[] = [];
  for await (const chunk of store.read(id)) chunks.push(chunk);
  return { id, name, type, size, bytes: Buffer.concat(chunks) };
}

/** The colleague whose own address on the same account has this key. */
async function presser(pipeline: Pipeline, conversationId: string, key: string): Promise<string | null> {
  const { db, vault } = pipeline.parts;
  const account = `SELECT a.channel_account_id AS id FROM conversation c JOIN address a ON a.id = c.address_id WHERE c.id = $1`;
  const { rows } = await db.sql.query<{ id: string }>({ text: account, values: [conversationId] });
  const text = 'SELECT person_id AS id FROM address WHERE channel_account_id = $1 AND key_hmac = $2';
  const values = [rows[0]?.id, vault.lookup(`${rows[0]?.id}\n${key}`)];
  return (await db.sql.query<{ id: string | null }>({ text, values })).rows[0]?.id ?? null;
}

function follow(
  pipeline: Pipeline,
  conversationId: string,
  after: number,
  onMessages: (messages: OutboundMessage[]) => void,
): () => void {
  const unfollow = pipeline.messages.follow(conversationId, after, (rows) => {
    const seen = rows.filter(visible).map(fromRow);
    if (seen.length > 0) onMessages(seen);
  });
  const unwatch = pipeline.watch((signal) => {
    const { from } = signal;
    if (signal.conversationId !== conversationId || from === 'customer' || from === 'file') return;
    // Typing has no place in the conversation: seq 0 never moves a watermark.
    onMessages([
      {
        id: '',
        conversationId,
        seq: 0,
        at: pipeline.parts.now(),
        author: from,
        name: signal.name,
        kind: 'typing',
        text: '',
      },
    ]);
  });
  return () => {
    unfollow();
    unwatch();
  };
}
