import { z } from 'zod';
import type { Unit } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import { type Route, route, type SignedInPerson } from '../../http/route.ts';
import { visible } from '../../http/visible.ts';
import { personByNumber } from '../../people/directory.ts';
import { detailOf, type HandoverRouteParts } from './detail.ts';
import { namesOf } from './facts.ts';
import { closeItem } from './items.ts';
import { type Asked, moveHandover } from './move.ts';
import type { HandoverParts } from './parts.ts';
import { raiseItem } from './raise.ts';
import { handoverById } from './record.ts';
import { asItem, detailView, itemView, section } from './views.ts';
import { answerQuestion, askQuestion, writeSections } from './write.ts';

const MOST = 1000;
const text = visible(MOST);
const params = z.strictObject({ id: z.uuid() });
const numbered = z.strictObject({ no: z.coerce.number().int().positive() });

interface Asking {
  readonly unit: Unit;
  readonly person: SignedInPerson;
  readonly now: number;
}

/** What is done to a handover from the console: the moves, the sections, questions, open problems. */
export function actRoutes(parts: HandoverRouteParts): Route[] {
  return [...moveRoutes(parts), writeRoute(parts), ...questionRoutes(parts), ...itemRoutes(parts)];
}

const staffOf = ({ vault, ...rest }: HandoverRouteParts): HandoverParts => ({ ...rest, vault: vault() });

/** The handover as it is after the write. */
async function shown(parts: HandoverRouteParts, { unit, person, now }: Asking, id: string) {
  const record = await handoverById(unit.sql, id);
  if (!record) throw new AppError('not_found');
  return detailOf(parts, unit.sql, record, person, now);
}

async function move(parts: HandoverRouteParts, asking: Asking, id: string, asked: Asked) {
  const { unit, person, now } = asking;
  const result = await moveHandover(unit, staffOf(parts), { id, by: person, asked }, now);
  if (!('refused' in result)) return shown(parts, asking, id);
  const { refused, missing = [] } = result;
  const code = { none: 'not_found', not_yours: 'forbidden' } as const;
  throw new AppError(
    refused === 'none' || refused === 'not_yours' ? code[refused] : 'not_allowed_now',
    undefined,
    {
      fields: [
        { path: 'handover', problem: `handover.refused_${refused}` },
        ...missing.map((each) => ({ path: `sections.${each}`, problem: `handover.section_${each}` })),
      ],
    },
  );
}

const shape = { params, response: detailView, once: true } as const;

function moveRoutes(parts: HandoverRouteParts): Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/api/v1/handovers/:id/complete', action: 'handover.write', ...shape },
      summary:
        'The handover is written: who comes is asked to take over. `nothingElse` is put where something must be written',
      body: z.strictObject({ nothingElse: visible(20).optional() }),
      handler({ body: { nothingElse }, ...asked }) {
        const rest = nothingElse === undefined ? {} : { nothingElse };
        return move(parts, asked, asked.params.id, { do: 'complete', ...rest });
      },
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/handovers/:id/accept', action: 'handover.write', ...shape },
      summary: 'Take over',
      handler: (asked) => move(parts, asked, asked.params.id, { do: 'accept' }),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/handovers/:id/read-back', action: 'handover.write', ...shape },
      ...{ summary: 'Read back an open problem', body: z.strictObject({ itemId: z.uuid() }) },
      handler: (asked) => move(parts, asked, asked.params.id, { do: 'readBack', itemId: asked.body.itemId }),
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/handovers/:id/decide', action: 'handover.decide', ...shape },
      summary:
        'Decide for who is missing: a stand-in by number, or null for a release; missingId null: nobody comes',
      body: z.strictObject({
        missingId: z.uuid().nullable(),
        standIn: z.string().max(20).nullable(),
        note: text,
      }),
      async handler(asked) {
        const { missingId, standIn, note } = asked.body;
        const person = standIn === null ? undefined : await personByNumber(asked.unit.sql, standIn);
        if (standIn !== null && !person)
          throw new AppError('invalid_input', undefined, {
            fields: [{ path: 'standIn', problem: 'handover.unknown_number' }],
          });
        const kind = person ? 'stand_in' : 'release';
        const decision = { do: 'decide', kind, missingId, standInId: person?.id ?? null, note } as const;
        return move(parts, asked, asked.params.id, decision);
      },
    }),
  ];
}

function writeRoute(parts: HandoverRouteParts): Route {
  return route({
    ...{ method: 'PUT', path: '/api/v1/handovers/:id/sections', action: 'handover.write', ...shape },
    summary: 'Write a section; version_changed if a colleague has written there since `was`',
    body: z.strictObject({ section, text: z.string().trim().max(MOST), was: z.string().max(10 * MOST) }),
    async handler(asked) {
      const { unit, person, body, params } = asked;
      const sections = { [body.section]: body.text };
      const was = { [body.section]: body.was };
      await writeSections(unit, parts, { id: params.id, by: person, sections, was });
      return shown(parts, asked, params.id);
    },
  });
}

function questionRoutes(parts: HandoverRouteParts): Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/api/v1/handovers/:id/questions', action: 'handover.write', ...shape },
      ...{ summary: 'Ask those who go', body: z.strictObject({ text }) },
      async handler(asked) {
        const { unit, person, params, body, now } = asked;
        await askQuestion(unit, staffOf(parts), { id: params.id, by: person, text: body.text }, now);
        return shown(parts, asked, params.id);
      },
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/handover-questions/:no/answer', action: 'handover.write' },
      ...{ summary: 'Answer a question', params: numbered, response: detailView, once: true },
      body: z.strictObject({ answer: text }),
      async handler(asked) {
        const { unit, person, params, body, now } = asked;
        const answer = { no: params.no, by: person, answer: body.answer };
        const { id } = await answerQuestion(unit, staffOf(parts), answer, now);
        return shown(parts, asked, id);
      },
    }),
  ];
}

function itemRoutes(parts: HandoverRouteParts): Route[] {
  return [
    route({
      ...{ method: 'POST', path: '/api/v1/handover-items', action: 'handover.write' },
      ...{ summary: 'Note an open problem for one’s team', response: itemView, status: 201, once: true },
      body: z.strictObject({ text }),
      async handler({ unit, person: { id: by, teamId, name }, body, now }) {
        if (!teamId) throw new AppError('forbidden');
        const item = await raiseItem(unit, staffOf(parts), { by, teamId, text: body.text }, now);
        return asItem(item, new Map([[by, name]]));
      },
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/handover-items/:no/close', action: 'handover.write' },
      ...{ summary: 'Close an open problem of one’s team, with a word on how it was solved' },
      ...{ params: numbered, body: z.strictObject({ note: text }), response: itemView, once: true },
      async handler({ unit, person, params: { no }, body: { note }, now }) {
        const item = await closeItem(unit, parts, { by: person, no, note }, now);
        return asItem(item, await namesOf(unit.sql, [item.authorId, person.id]));
      },
    }),
  ];
}
