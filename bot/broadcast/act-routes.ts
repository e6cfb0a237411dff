import { z } from 'zod';
import { hot, type Unit } from '../../prisma/client.ts';
import { AppError } from '../errors.ts';
import { type Route, route } from '../http/route.ts';
import type { Audit } from '../people/audit.ts';
import type { PolicyVersion } from '../policy/versions.ts';
import { wrong } from './audience.ts';
import type { BroadcastParts } from './parts.ts';
import { type Act, after, mayApprove } from './rules.ts';
import { type BroadcastRow, findAgain, holdBroadcast, readBroadcast } from './store.ts';
import { asDetail, detail } from './views.ts';

export interface ActRoutes extends BroadcastParts {
  audit: Audit;
  policy(): PolicyVersion;
}

const body = z.strictObject({
  /** What was read before deciding: version_changed if it was written anew since. */
  revision: z.int32().min(1),
});
const rights = {
  submit: 'broadcast.write',
  withdraw: 'broadcast.write',
  approve: 'broadcast.approve',
  reject: 'broadcast.approve',
  start: 'broadcast.send',
  pause: 'broadcast.send',
  resume: 'broadcast.send',
  cancel: 'broadcast.send',
} as const satisfies Partial<Record<Act, string>>;
type Asked = keyof typeof rights;

type Change = NonNullable<Parameters<Unit['prisma']['broadcast']['update']>[0]['data']>;
interface Doing {
  held: BroadcastRow;
  personId: string;
  now: number;
}

/** What an act changes besides the state. @throws AppError where this person may not, or something is missing */
const doing: Partial<Record<Asked, (at: Doing) => Change>> = {
  submit({ held, personId }) {
    if (held.authorId !== personId) throw new AppError('forbidden');
    return { remark: null };
  },
  withdraw({ held, personId }) {
    if (held.authorId !== personId) throw new AppError('forbidden');
    return { approverId: null, approvedAt: null };
  },
  approve({ held, personId, now }) {
    if (!mayApprove(personId, held)) throw ownBroadcast();
    return { approverId: personId, approvedAt: new Date(now) };
  },
  resume: ({ now }) => ({ nextAt: new Date(now) }),
  cancel: ({ now }) => ({ endedAt: new Date(now) }),
};

/** What becomes of what is queued already. A paused one is passed over by its lanes. */
const queued: Partial<Record<Asked, typeof hot.wakeBroadcast>> = {
  resume: hot.wakeBroadcast,
  cancel: hot.suppressBroadcast,
};

/** Who is submitted is shown to the approver; who is approved is who is told. */
const findsAgain: ReadonlySet<Act> = new Set(['submit', 'approve']);

const ownBroadcast = () =>
  new AppError('forbidden', 'whoever wrote a broadcast does not approve it', {
    fields: [{ path: 'approver', problem: 'field.broadcast_own' }],
  });

/** The moves of a broadcast 群发, each a claim on its row. */
export function actRoutes(parts: ActRoutes): Route[] {
  const plain = (['submit', 'withdraw', 'approve', 'pause', 'resume', 'cancel'] as const).map((act) =>
    route({
      ...{ method: 'POST', path: `/api/v1/broadcasts/:id/${act}`, action: rights[act], ...shape, body },
      summary: `${act[0]?.toUpperCase()}${act.slice(1)} a broadcast`,
      handler: (asked) => move(parts, act, { ...asked, id: asked.params.id, ...asked.body }),
    }),
  );
  return [
    ...plain,
    route({
      ...{ method: 'POST', path: '/api/v1/broadcasts/:id/reject', action: rights.reject, ...shape },
      summary: 'Send a broadcast back to its author, with a word why',
      body: body.extend({ remark: z.string().trim().min(1).max(200) }),
      handler: (asked) => {
        const { remark, revision } = asked.body;
        return move(parts, 'reject', { ...asked, id: asked.params.id, revision, change: { remark } });
      },
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/broadcasts/:id/start', action: rights.start, ...shape },
      summary: 'Send it now, or from a moment on; quiet hours hold it back',
      body: body.extend({ startAt: z.int().min(0).max(8_640_000_000_000_000).nullable() }),
      handler: (asked) => {
        const at = new Date(Math.max(asked.body.startAt ?? 0, asked.now));
        const { revision } = asked.body;
        const change = { startAt: at, nextAt: at };
        return move(parts, 'start', { ...asked, id: asked.params.id, revision, change });
      },
    }),
  ];
}

const shape = { params: z.strictObject({ id: z.uuid() }), response: detail, once: true } as const;

interface Asking {
  unit: Unit;
  person: { id: string };
  now: number;
  id: string;
  revision: number;
  change?: Change;
}

async function move(parts: ActRoutes, act: Asked, asking: Asking): Promise<z.input<typeof detail>> {
  const { unit, person, now, id, revision, change } = asking;
  const held = await holdBroadcast(unit, id);
  const state = after(held.state, act);
  if (!state) throw new AppError('not_allowed_now', undefined, { state: held.state });
  if (held.revision !== revision)
    throw new AppError('version_changed', undefined, { revision: held.revision });
  const own = doing[act]?.({ held, personId: person.id, now });
  const recipients = findsAgain.has(act)
    ? await findAgain(unit, held, now, act === 'approve')
    : held.recipients;
  if (findsAgain.has(act) && recipients === 0) throw wrong('file', 'field.broadcast_empty');
  await unit.prisma.broadcast.update({ where: { id }, data: { ...own, ...change, state } });
  await queued[act]?.(unit.sql, id, new Date(now));
  if (act === 'resume') unit.afterCommit(() => parts.nudge());
  await parts.audit(unit, {
    ...{ actor: { kind: 'person', id: person.id }, action: `broadcast.${act}` },
    ...{ object: 'broadcast', objectId: id },
    details: { revision, recipients, segments: held.segments },
  });
  return asDetail(parts, unit.sql, await readBroadcast(unit.sql, id), { personId: person.id, now });
}
