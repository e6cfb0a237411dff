import { hot, type Unit, uuidv7 } from '../../prisma/client.ts';
import { deliver } from '../conversation/deliver.ts';
import type { MessageFile } from '../conversation/message.ts';
import { assertOwner, finish, type Moved, type Reach, release, take } from '../conversation/ownership.ts';
import type { Pipeline } from '../conversation/pipeline.ts';
import { AppError } from '../errors.ts';
import { LOCALES, type Locale, say, type TextKey, type Vars } from '../i18n/index.ts';
import type { Audit } from '../people/audit.ts';
import { type Action, type Actor, may } from '../people/permissions.ts';
import type { PolicyVersion } from '../policy/versions.ts';
import { assertNoticesRead } from '../staff/notices/receipts.ts';
import { readable } from './transcript.ts';

export interface Colleague extends Actor {
  name: string;
}

export interface DeskParts {
  pipeline: Pipeline;
  audit: Audit;
  policy(): PolicyVersion;
}

/** Where an act happens: the caller's transaction, at the caller's time. */
interface At {
  unit: Unit;
  conversationId: string;
  person: Colleague;
  now: Date;
}

/** What agents do with conversations 会话操作. Each is a claim on the conversation's row. */
export function deskActions({ pipeline, audit, policy }: DeskParts) {
  const record = (at: At, action: 'desk.take' | 'desk.release' | 'desk.finish', details = {}) =>
    audit(at.unit, {
      actor: { kind: 'person', id: at.person.id },
      action,
      object: 'conversation',
      objectId: at.conversationId,
      details,
    });
  const show = (unit: Unit, said: hot.MessageRow[], events: hot.EventRow[] = []) =>
    unit.afterCommit(() => pipeline.publish(said, events));
  const canOf = (account: string) => pipeline.channelOf(account)?.can;
  const moved = async (at: At, { said, events }: Moved) => {
    await deliver(at.unit.sql, canOf, said, at.now);
    show(at.unit, said, events);
    at.unit.afterCommit(() => pipeline.nudge());
  };

  return {
    /** @throws already_taken with the owner's name, not_waiting, gone, not_found, notices_unread */
    async take(at: At, from: 'queue' | 'bot'): Promise<void> {
      await assertNoticesRead(at.unit.sql, policy().policy, at.person.id, at.now.getTime());
      const words = await systemWords(at, 'desk.taken', { name: at.person.name });
      await record(at, 'desk.take');
      await moved(at, await take(at.unit, at.conversationId, at.person, words, at.now, from));
    },

    /** Gives it back to the bot. @throws not_owner */
    async release(at: At): Promise<void> {
      const { unit, conversationId, person, now } = at;
      const words = await systemWords(at, 'desk.released');
      await record(at, 'desk.release');
      const reach = reachOf(person, 'desk.release');
      await moved(at, await release(unit, conversationId, person, words, now, reach));
    },

    /** @throws not_owner */
    async finish(at: At, wrapUp: string): Promise<void> {
      const { unit, conversationId, person, now } = at;
      const words = await systemWords(at, 'desk.finished');
      await record(at, 'desk.finish', { wrapUp });
      const reach = reachOf(person, 'desk.finish');
      await moved(at, await finish(unit, conversationId, person, wrapUp, words, now, reach));
    },

    /** Says something to the customer; `fileIds` are files that the agent uploaded. @throws not_owner */
    async reply(at: At, text: string, fileIds: string[] = []): Promise<{ seq: number }> {
      const held = await owned(at);
      const files = fileIds.length > 0 ? await given(at, fileIds) : undefined;
      const message = await write(at, held, {
        text,
        visibility: 'all',
        data: { name: at.person.name, yingda: { author: 'agent' }, ...(files && { files }) },
      });
      const queued = await deliver(at.unit.sql, canOf, [message], at.now);
      show(at.unit, [message]);
      if (queued) at.unit.afterCommit(() => pipeline.nudge());
      return { seq: message.seq };
    },

    /** An internal note 内部备注: on the transcript for colleagues, never for the customer. */
    async note(at: At, text: string): Promise<{ seq: number }> {
      const held = await hot.hold(at.unit.sql, at.conversationId);
      if (held?.audience !== 'customer') throw new AppError('not_found');
      const target = { personId: held.owner?.personId ?? null, teamId: held.owner?.teamId ?? null };
      if (!may(at.person, 'desk.note', target)) throw new AppError('forbidden');
      const message = await write(at, held, { text, visibility: 'staff', data: { name: at.person.name } });
      show(at.unit, [message]);
      return { seq: message.seq };
    },

    /** A message as it was written; the reason goes on the record (RULEBOOK §2.10). @throws not_found, forbidden */
    async reveal(at: At, seq: number, reason: string): Promise<string> {
      const { unit, conversationId, person } = at;
      await readable(pipeline.parts.db, person, 'conversation.reveal', conversationId);
      const [found] = await hot.readMessages(unit.sql, conversationId, seq - 1, 1);
      if (found?.seq !== seq) throw new AppError('not_found');
      await audit(unit, {
        ...{ actor: { kind: 'person', id: person.id }, action: 'conversation.reveal' },
        ...{ object: 'conversation', objectId: conversationId, details: { seq }, secrets: { reason } },
      });
      return found.text;
    },
  };
}
export type DeskActions = ReturnType<typeof deskActions>;

/** An agent who is gone must not keep a customer from bot and colleagues: the table says who may end it for them. */
function reachOf(person: Colleague, action: Action): Reach {
  return ({ personId, teamId }) => may(person, action, { personId, teamId });
}

async function owned(at: At): Promise<hot.HeldRow> {
  const held = await hot.hold(at.unit.sql, at.conversationId);
  if (held?.audience !== 'customer') throw new AppError('not_found');
  if (!held.owner) throw new AppError('gone');
  assertOwner(held.owner, at.person);
  return held;
}

/** The agent's own files become the conversation's: its customer and its readers may see them. */
async function given({ unit, conversationId, person }: At, ids: string[]): Promise<MessageFile[]> {
  const rows = await hot.giveFiles(unit.sql, ids, `person:${person.id}`, `conversation:${conversationId}`);
  return ids.map((id) => {
    const file = rows.find((row) => row.id === id);
    if (!file) throw new AppError('invalid_input', 'not a file of yours', { field: 'files' });
    return { ...file, state: 'stored' };
  });
}

type Words = Pick<hot.MessageRow, 'text' | 'visibility' | 'data'>;

async function write(at: At, held: hot.HeldRow, words: Words): Promise<hot.MessageRow> {
  const message = {
    id: uuidv7(at.now.getTime()),
    author: 'agent',
    personId: at.person.id,
    ...words,
  } as const;
  const where = { conversationId: at.conversationId, epoch: held.epoch };
  const got = await hot.append(at.unit.sql, where, message, at.now);
  // The row is locked since `hold`: nobody can have raised the epoch.
  if (!got) throw new AppError('conflict');
  return {
    ...message,
    ...got,
    conversationId: at.conversationId,
    kind: 'message',
    state: 'sent',
    createdAt: at.now,
  };
}

/** A line of the system in the customer's language. */
async function systemWords({ unit, conversationId }: At, key: TextKey, vars?: Vars) {
  const text = 'SELECT locale FROM conversation WHERE id = $1';
  const { rows } = await unit.sql.query<{ locale: string }>({ text, values: [conversationId] });
  const locale = LOCALES.find((l) => l === rows[0]?.locale) ?? ('zh-CN' satisfies Locale);
  return { text: say(locale, key, vars), data: { yingda: { author: 'system' } } };
}
