import { z } from 'zod';
import type { Database, Sql, Unit } from '../../../prisma/client.ts';
import { AppError } from '../../errors.ts';
import { type Route, route, type SignedInPerson } from '../../http/route.ts';
import { everybody, peopleOfTeam } from '../../people/directory.ts';
import { allowed, may } from '../../people/permissions.ts';
import { type Audience, audience, countAudience } from './audience.ts';
import { mark } from './receipts.ts';
import { correctNotice, type NoticePost, publishNotice, remindNotice, withdrawNotice } from './send.ts';
import { countsOf, type NoticeRow, noticeById, noticesOf, readersOf, writtenNotices } from './store.ts';

export interface NoticeRoutes {
  db: Database;
  post(): NoticePost;
}

const time = z.number().nullable();
const params = z.strictObject({ id: z.uuid() });
const file = z.strictObject({ id: z.uuid(), name: z.string().max(200) });
const draft = z.strictObject({
  title: z.string().trim().min(1).max(80),
  text: z.string().trim().min(1).max(5000),
  audience,
  files: z.array(file).max(10).default([]),
  mustRead: z.boolean(),
  validUntil: time,
});
const counts = z.strictObject({
  audience: z.number(),
  delivered: z.number(),
  opened: z.number(),
  confirmed: z.number(),
});
const receipt = z.strictObject({ deliveredAt: time, openedAt: time, confirmedAt: time });
const notice = z.strictObject({
  ...draft.shape,
  id: z.uuid(),
  version: z.number(),
  authorName: z.string().nullable(),
  changedAt: z.number(),
  withdrawnAt: time,
  /** How far it has come with the reader themselves; null where it isn't theirs. */
  mine: receipt.nullable(),
  /** For who writes notices. */
  counts: counts.nullable(),
  editable: z.boolean(),
});
type Notice = z.output<typeof notice>;
const reader = z.strictObject({
  personId: z.uuid(),
  name: z.string(),
  number: z.string(),
  teamId: z.uuid().nullable(),
  teamName: z.string().nullable(),
  ...receipt.shape,
  remindedAt: time,
});
const LISTED = 200;

/** Notices 通告: one's own, and for leaders and editors writing them and who has read them. */
export function noticeRoutes(parts: NoticeRoutes): Route[] {
  return [
    list(parts),
    choices(parts),
    preview(parts),
    publish(parts),
    correct(parts),
    withdraw(parts),
    ...reading(parts),
    ...readers(parts),
  ];
}

function shown(row: NoticeRow, person: SignedInPerson, more: Pick<Notice, 'mine' | 'counts'>): Notice {
  const { audience: whom, files, authorId, createdAt: _, ...rest } = row;
  return { ...rest, audience: whom, files: [...files], ...more, editable: mayChange(person, authorId) };
}

/** A leader changes what they wrote themselves; who may write to the whole centre changes all. */
const mayChange = (person: SignedInPerson, authorId: string | null) =>
  allowed(person.role, 'notice.write') === 'centre' ||
  (may(person, 'notice.write') && authorId === person.id);

function list({ db }: NoticeRoutes): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/notices', action: 'notice.read' },
    summary: 'One’s own notices, and for who writes them those that they may change; the newest first',
    response: z.strictObject({ notices: z.array(notice) }),
    async handler({ person, now }) {
      const own = await noticesOf(db.sql, person.id, { now, unread: false, limit: LISTED });
      const scope = allowed(person.role, 'notice.write');
      const by = scope === 'centre' ? {} : { authorId: person.id };
      const written = scope ? await writtenNotices(db.sql, { ...by, limit: LISTED }) : [];
      const countsBy = new Map(written.map((row) => [row.id, row.counts]));
      const mineBy = new Map(own.map(({ id, receipt: { version: _, ...mine } }) => [id, mine]));
      const all = new Map([...own, ...written].map((row) => [row.id, row]));
      const notices = [...all.values()]
        .sort((a, b) => b.changedAt - a.changedAt)
        .map((row) => {
          const {
            receipt: _,
            counts: __,
            ...bare
          } = row as NoticeRow & { receipt?: unknown; counts?: unknown };
          return shown(bare, person, {
            mine: mineBy.get(row.id) ?? null,
            counts: countsBy.get(row.id) ?? null,
          });
        });
      return { notices };
    },
  });
}

/** @throws forbidden where a leader writes to more than their own team */
async function assertReach(sql: Sql, person: SignedInPerson, whom: Audience): Promise<void> {
  if (allowed(person.role, 'notice.write') === 'centre') return;
  const { everyone, teams, jobTypes, roles, persons } = whom;
  const others = everyone || jobTypes.length + roles.length > 0 || teams.some((id) => id !== person.teamId);
  const own = person.teamId ? await peopleOfTeam(sql, person.teamId) : [];
  if (others || persons.some((id) => !own.some((each) => each.id === id))) throw new AppError('forbidden');
}

function choices({ db }: NoticeRoutes): Route {
  return route({
    ...{ method: 'GET', path: '/api/v1/notice-audience', action: 'notice.write' },
    summary: 'Teams, job types and colleagues that the caller may write to',
    response: z.strictObject({
      teams: z.array(z.strictObject({ id: z.uuid(), name: z.string() })),
      jobTypes: z.array(z.string()),
      persons: z.array(
        z.strictObject({
          ...{ id: z.uuid(), name: z.string(), number: z.string(), teamName: z.string().nullable() },
        }),
      ),
    }),
    async handler({ person }) {
      const wide = allowed(person.role, 'notice.write') === 'centre';
      const all = await everybody(db.sql);
      const people = all.filter(({ teamId }) => wide || (teamId !== null && teamId === person.teamId));
      const teams = new Map(
        people.flatMap(({ teamId, teamName }) => (teamId ? [[teamId, teamName ?? '']] : [])),
      );
      return {
        teams: [...teams].map(([id, name]) => ({ id, name })),
        jobTypes: wide ? [...new Set(people.map(({ jobType }) => jobType))].sort() : [],
        persons: people.map(({ id, name, number, teamName }) => ({ id, name, number, teamName })),
      };
    },
  });
}

function preview({ db }: NoticeRoutes): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/notice-audience', action: 'notice.write' },
    summary: 'How many colleagues an audience reaches today',
    body: z.strictObject({ audience }),
    response: z.strictObject({ count: z.number() }),
    async handler({ body }) {
      return { count: await countAudience(db.sql, body.audience) };
    },
  });
}

/** @throws invalid_input where nobody would get it, or a file isn't the writer's own */
async function assertSound(unit: Unit, person: SignedInPerson, body: z.output<typeof draft>): Promise<void> {
  await assertReach(unit.sql, person, body.audience);
  if ((await countAudience(unit.sql, body.audience)) === 0)
    throw new AppError('invalid_input', 'nobody is in this audience');
  const ids = body.files.map(({ id }) => id);
  const { rowCount } = await unit.sql.query({
    text: `SELECT FROM file WHERE id = ANY($1) AND (owner = $2 OR EXISTS (SELECT FROM notice n WHERE n.files @> jsonb_build_array(jsonb_build_object('id', file.id))))`,
    values: [ids, `person:${person.id}`],
  });
  if (rowCount !== new Set(ids).size) throw new AppError('invalid_input', 'an attachment is not yours');
}

async function asDetail(unit: Unit, id: string, person: SignedInPerson): Promise<Notice> {
  const row = await noticeById(unit.sql, id);
  if (!row) throw new AppError('not_found');
  return shown(row, person, { mine: null, counts: await countsOf(unit.sql, id) });
}

function publish({ post }: NoticeRoutes): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/notices', action: 'notice.write', body: draft },
    ...{ summary: 'Publish a notice', response: notice, status: 201, once: true },
    async handler({ unit, person, body, now }) {
      await assertSound(unit, person, body);
      const id = await publishNotice(unit, post(), body, person.id, now);
      return asDetail(unit, id ?? '', person);
    },
  });
}

async function assertOwn(unit: Unit, id: string, person: SignedInPerson): Promise<void> {
  const row = await noticeById(unit.sql, id);
  if (!row) throw new AppError('not_found');
  if (!mayChange(person, row.authorId)) throw new AppError('forbidden');
}

function correct({ post }: NoticeRoutes): Route {
  return route({
    ...{ method: 'PUT', path: '/api/v1/notices/:id', action: 'notice.write', params, once: true },
    ...{ body: draft.extend({ version: z.int32().min(1) }), response: notice },
    summary: 'Correct a notice: everybody has to read it again; version_changed if it was corrected since',
    async handler({ unit, person, params: { id }, body, now }) {
      await assertOwn(unit, id, person);
      await assertSound(unit, person, body);
      await correctNotice(unit, post(), { ...body, id }, person.id, now);
      return asDetail(unit, id, person);
    },
  });
}

function withdraw({ post }: NoticeRoutes): Route {
  return route({
    ...{ method: 'POST', path: '/api/v1/notices/:id/withdraw', action: 'notice.write', params, once: true },
    ...{ summary: 'Withdraw a notice', response: notice },
    async handler({ unit, person, params: { id }, now }) {
      await assertOwn(unit, id, person);
      await withdrawNotice(unit, post(), id, person.id, now);
      return asDetail(unit, id, person);
    },
  });
}

function reading({ db }: NoticeRoutes): Route[] {
  const act = (what: 'opened' | 'confirmed', path: string, summary: string) =>
    route({
      ...{ method: 'POST', path: `/api/v1/notices/:id/${path}`, action: 'notice.read', params, summary },
      body: z.strictObject({ version: z.int32().min(1) }),
      response: z.strictObject({ ok: z.boolean() }),
      async handler({ person, params: { id }, body: { version }, now }) {
        const whose = { noticeId: id, personId: person.id, version };
        if (!(await mark(db.sql, what, whose, now))) throw new AppError('gone');
        return { ok: true };
      },
    });
  return [
    act('opened', 'open', 'Note that one has opened this version'),
    act('confirmed', 'confirm', 'Note that one has read and understood this version'),
  ];
}

function readers({ db, post }: NoticeRoutes): Route[] {
  const teamOf = (person: SignedInPerson) =>
    allowed(person.role, 'notice.write') === 'centre' ? undefined : (person.teamId ?? person.id);
  return [
    route({
      ...{ method: 'GET', path: '/api/v1/notices/:id/receipts', action: 'notice.write', params },
      summary: 'Who has it, has opened it, has confirmed it; a leader sees their own team',
      response: z.strictObject({ readers: z.array(reader) }),
      async handler({ person, params: { id } }) {
        return { readers: await readersOf(db.sql, id, teamOf(person)) };
      },
    }),
    route({
      ...{ method: 'POST', path: '/api/v1/notices/:id/remind', action: 'notice.write', params, once: true },
      summary: 'Remind whoever has not read it, of one team or of all; nobody twice within ten minutes',
      body: z.strictObject({ teamId: z.uuid().nullable() }),
      response: z.strictObject({ reminded: z.number() }),
      async handler({ unit, person, params: { id }, body, now }) {
        const teamId = teamOf(person) ?? body.teamId ?? undefined;
        return { reminded: await remindNotice(unit, post(), { id, teamId, by: person.id }, now) };
      },
    }),
  ];
}
