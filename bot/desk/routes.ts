import { z } from 'zod';
import type { Database } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import { visible } from '../http/visible.ts';
import type { PolicyVersion } from '../policy/versions.ts';
import type { Colleague, DeskActions } from './actions.ts';
import { deskLists } from './reads.ts';
import { deskItem } from './views.ts';

export interface DeskRouteParts {
  db: Database;
  actions: DeskActions;
  policy(): PolicyVersion;
}

/** Files of one message. */
const MOST_FILES = 10;

const id = z.strictObject({ id: z.uuid() });
const text = visible(4000);
const reply = z
  .strictObject({ text: z.union([text, z.literal('')]), files: z.array(z.uuid()).optional() })
  .refine(({ text, files = [] }) => text !== '' || files.length > 0, { error: 'empty', path: ['text'] })
  .refine(({ files = [] }) => files.length <= MOST_FILES, {
    error: `at most ${MOST_FILES}`,
    path: ['files'],
  });
const done = z.strictObject({ ok: z.literal(true) });
const said = z.strictObject({ seq: z.int() });
const named = z.strictObject({ code: z.string(), name: z.record(z.string(), z.string()) });

/** The desk 坐席工作台: who waits, and what an agent does with a conversation. */
export function deskRoutes({ db, actions, policy }: DeskRouteParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/desk',
      action: 'desk.read',
      summary: 'Who waits, longest first, and what I have in hand',
      response: z.strictObject({ now: z.number(), waiting: z.array(deskItem), mine: z.array(deskItem) }),
      handler: async ({ person, now }) => ({ now, ...(await deskLists(db, person.id)) }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/desk/settings',
      action: 'desk.read',
      summary: 'Queues and wrap-up codes of the centre',
      response: z.strictObject({ queues: z.array(named), wrapUpCodes: z.array(named) }),
      handler() {
        const { queues, wrapUpCodes } = policy().policy.desk;
        return { queues: queues.map(({ id: code, name }) => ({ code, name })), wrapUpCodes };
      },
    }),
    ...moves(actions, policy),
    ...words(actions),
    reveal(db, actions),
  ];
}

function moves(actions: DeskActions, policy: () => PolicyVersion): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/desk/conversations/:id/take',
      action: 'desk.take',
      summary:
        'Take a conversation that waits, or that the bot has (`from`); of several who try, one has it and the others get already_taken with its owner',
      params: id,
      // What the agent saw: a customer who left the queue meanwhile is not disturbed.
      body: z.strictObject({ from: z.enum(['queue', 'bot']).default('queue') }),
      response: done,
      once: true,
      async handler({ unit, person, params, body, now }) {
        await actions.take(at(unit, person, params.id, now), body.from);
        return { ok: true as const };
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/desk/conversations/:id/release',
      action: 'desk.release',
      summary: 'Give a conversation back to the bot',
      params: id,
      response: done,
      once: true,
      async handler({ unit, person, params, now }) {
        await actions.release(at(unit, person, params.id, now));
        return { ok: true as const };
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/desk/conversations/:id/finish',
      action: 'desk.finish',
      summary: 'End the service with its wrap-up code',
      params: id,
      body: z.strictObject({ wrapUp: z.string() }),
      response: done,
      once: true,
      async handler({ unit, person, params, body, now }) {
        const known = policy().policy.desk.wrapUpCodes.some(({ code }) => code === body.wrapUp);
        if (!known) throw new AppError('invalid_input', 'unknown wrap-up code', { field: 'wrapUp' });
        await actions.finish(at(unit, person, params.id, now), body.wrapUp);
        return { ok: true as const };
      },
    }),
  ];
}

function words(actions: DeskActions): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/v1/desk/conversations/:id/messages',
      action: 'desk.reply',
      summary: 'Say something to the customer, or send files that I uploaded',
      params: id,
      body: reply,
      response: said,
      once: true,
      handler: ({ unit, person, params, body, now }) =>
        actions.reply(at(unit, person, params.id, now), body.text, body.files),
    }),
    route({
      method: 'POST',
      path: '/api/v1/desk/conversations/:id/notes',
      action: 'desk.note',
      summary: 'Leave a note that only colleagues see',
      params: id,
      body: z.strictObject({ text }),
      response: said,
      once: true,
      handler: ({ unit, person, params, body, now }) =>
        actions.note(at(unit, person, params.id, now), body.text),
    }),
  ];
}

/** Not `once`: the answer would be kept, numbers and all, for the repeat. */
function reveal(db: Database, actions: DeskActions): Route {
  return route({
    method: 'POST',
    path: '/api/v1/conversations/:id/reveal',
    action: 'conversation.reveal',
    summary: 'Show one message with the numbers that transcripts mask; the reason goes on the record',
    params: id,
    body: z.strictObject({ seq: z.int().min(1), reason: visible(2000) }),
    response: z.strictObject({ text: z.string() }),
    handler: ({ person, params, body, now }) =>
      db.transaction(async (unit) => ({
        text: await actions.reveal(at(unit, person, params.id, now), body.seq, body.reason),
      })),
  });
}

const at = (
  unit: Parameters<DeskActions['take']>[0]['unit'],
  person: Colleague,
  conversationId: string,
  now: number,
) => ({
  unit,
  person,
  conversationId,
  now: new Date(now),
});
