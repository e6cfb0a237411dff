import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase, uuidv7 } from '../../prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { testClock } from '../clock.ts';
import { type AuditAct, createAudit, isDigestOf } from './audit.ts';
import { verifyAudit } from './audit-verify.ts';
import { sealAll } from './sealer.ts';
import { createSealing } from './sealing.ts';

const sealing = createSealing(randomBytes(32));
const clock = testClock('2026-06-10T10:00+08:00');
const audit = createAudit({ clock, sealing });
const ANNA = uuidv7(0);
let made: TestDatabase;
let db: Database;

beforeAll(async () => {
  made = await createTestDatabase();
  db = openDatabase({ url: made.url, onError() {} });
});
afterAll(async () => {
  await db.close();
  await made.drop();
});
beforeEach(async () => {
  await db.sql.query({ text: 'TRUNCATE audit, audit_pending, audit_seal' });
  clock.moveTo('2026-06-10T10:00+08:00');
});

const seal = () => sealAll({ db, clock, sealing });
const verify = () => verifyAudit({ db, sealing });
const act = (more: Partial<AuditAct> = {}): AuditAct => ({
  ...{ actor: { kind: 'person', id: ANNA }, action: 'ticket.reveal', object: 'ticket', objectId: uuidv7(0) },
  ...more,
});
const acts = async (count: number) => {
  for (let i = 0; i < count; i++) {
    clock.advance(1);
    await audit(db, act());
  }
};

describe('what reaches the record', () => {
  test('is who, what and which, word for word', async () => {
    const objectId = uuidv7(0);
    await audit(
      db,
      act({ objectId, details: { kind: 'complaint', entry: 'zh-a-001', count: 3, forced: true } }),
    );
    expect(await db.prisma.audit.findFirst()).toMatchObject({
      ...{ actorKind: 'person', actorId: ANNA, action: 'ticket.reveal', object: 'ticket', objectId },
      details: { kind: 'complaint', entry: 'zh-a-001', count: 3, forced: true },
    });
  });

  test('is never a text or a number of anybody, wherever a careless hand put it', async () => {
    const careless = fc.oneof(
      fc.stringMatching(/^1[3-9]\d{9}$/),
      fc.stringMatching(/^\d{17}[\dX]$/),
      fc.stringMatching(/^0\d{2,3}-\d{7,8}$/),
      fc.stringMatching(/^[a-z]{2,8}\d?@[a-z]{3,8}\.com$/),
      fc
        .array(fc.constantFrom('客户', '来电', '要求', '退费', '投诉', '王小明'), { minLength: 1 })
        .map((w) => w.join('')),
      fc.array(fc.constantFrom('please', 'call', 'me', 'back'), { minLength: 2 }).map((w) => w.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(careless, async (value) => {
        await db.sql.query({ text: 'TRUNCATE audit, audit_pending' });
        const number = Number(value.replace(/\D/g, '')) || 0;
        await audit(db, act({ objectId: value, details: { value, number }, secrets: { value2: value } }));
        const row = await db.prisma.audit.findFirst();
        const text = JSON.stringify(row, (_, each) => (each instanceof Date ? null : each));
        expect(text).not.toContain(value);
        if (number > 99_999) expect(text).not.toContain(String(number));
      }),
      { numRuns: 60 },
    );
  });

  test('lets nobody see that two acts were about one number, but proves it to who has the number', async () => {
    await audit(db, act({ secrets: { contact: '13800138000' } }));
    await audit(db, act({ secrets: { contact: '13800138000' } }));
    const [one, two] = (await db.prisma.audit.findMany()).map(
      ({ details }) => (details as { contact: string }).contact,
    );
    expect(one).not.toBe(two);
    for (const digest of [one, two]) {
      expect(isDigestOf(sealing, digest ?? '', '13800138000')).toBe(true);
      expect(isDigestOf(sealing, digest ?? '', '13800138001')).toBe(false);
      expect(isDigestOf(createSealing(randomBytes(32)), digest ?? '', '13800138000')).toBe(false);
    }
  });

  test('is nothing when the act itself was rolled back', async () => {
    const failing = db.transaction(async (unit) => {
      await audit(unit, act());
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await db.prisma.audit.count()).toBe(0);
    expect(await db.prisma.auditPending.count()).toBe(0);
  });
});

describe('the sealer', () => {
  test('chains every row once, and verify reports what still waits', async () => {
    await acts(7);
    expect(await verify()).toMatchObject({ sealed: 0, unsealed: 7, brokenAt: undefined });
    expect(await seal()).toBe(7);
    await acts(2);
    expect(await verify()).toMatchObject({ sealed: 7, unsealed: 2, brokenAt: undefined });
    expect(await seal()).toBe(2);
    expect(await seal()).toBe(0);
    expect(await verify()).toMatchObject({ sealed: 9, unsealed: 0, brokenAt: undefined });
  });

  test('seals a row that was committed late under an older time', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let written = () => {};
    const slow = db.transaction(async (unit) => {
      await audit(unit, act({ object: 'late' }));
      written();
      await held;
    });
    await new Promise<void>((resolve) => {
      written = resolve;
    });
    clock.advance(60_000);
    await acts(3);
    expect(await seal()).toBe(3);
    release();
    await slow;
    expect(await seal()).toBe(1);
    const [last] = await db.prisma.auditSeal.findMany({ orderBy: { no: 'desc' } });
    const row = await db.prisma.audit.findFirst({ where: { id: last?.auditId ?? '' } });
    expect(row?.object).toBe('late');
    expect(await verify()).toMatchObject({ sealed: 4, unsealed: 0, brokenAt: undefined });
  });

  test('makes one chain, however many processes run one while others write', async () => {
    const others = [1, 2, 3].map(() => openDatabase({ url: made.url, max: 3, onError() {} }));
    let writing = true;
    const writers = others.map(async (other) => {
      for (let i = 0; i < 60; i++) await audit(other, act());
    });
    const sealers = others.map(async (other) => {
      while (writing) await sealAll({ db: other, clock, sealing });
    });
    await Promise.all(writers);
    writing = false;
    await Promise.all(sealers);
    await seal();
    expect(await verify()).toMatchObject({ sealed: 180, unsealed: 0, brokenAt: undefined });
    await Promise.all(others.map((other) => other.close()));
  });

  test('takes more than a batch in one go', async () => {
    await db.sql.query({
      text: `INSERT INTO audit (id, created_at, actor_kind, action, object)
        SELECT gen_random_uuid(), now(), 'system', 'test.fill', 'test' FROM generate_series(1, 1203)`,
    });
    expect(await seal()).toBe(1203);
    expect(await verify()).toMatchObject({ sealed: 1203, brokenAt: undefined });
  });
});

describe('whoever changes the record behind its back', () => {
  const nth = async (no: number) => {
    const link = await db.prisma.auditSeal.findUniqueOrThrow({ where: { no } });
    return link.auditId;
  };
  const sql = (text: string, ...values: unknown[]) => db.sql.query({ text, values });
  const tampers: [string, string, (id: string) => Promise<unknown>][] = [
    ['alters a row', 'row_altered', (id) => sql(`UPDATE audit SET action = 'ticket.read' WHERE id = $1`, id)],
    [
      'alters its details',
      'row_altered',
      (id) => sql(`UPDATE audit SET details = '{"a":1}' WHERE id = $1`, id),
    ],
    ['hides who did it', 'row_altered', (id) => sql('UPDATE audit SET actor_id = NULL WHERE id = $1', id)],
    ['erases a row', 'row_missing', (id) => sql('DELETE FROM audit WHERE id = $1', id)],
    ['erases a link', 'link_missing', (id) => sql('DELETE FROM audit_seal WHERE audit_id = $1', id)],
    [
      'alters a link',
      'link_altered',
      (id) => sql(`UPDATE audit_seal SET hash = digest WHERE audit_id = $1`, id),
    ],
    [
      'alters a row and its digest',
      'link_altered',
      (id) => sql(`UPDATE audit_seal SET digest = sha256('x') WHERE audit_id = $1`, id),
    ],
  ];

  test.each(tampers)('and %s is told which one', async (_, reason, tamper) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 6 }), async (no) => {
        await sql('TRUNCATE audit, audit_pending, audit_seal');
        await acts(6);
        await seal();
        const auditId = await nth(no);
        await tamper(auditId);
        const { brokenAt, sealed } = await verify();
        // A chain that was cut at its end ends there; the row that lost its link gives it away.
        const place = reason === 'link_missing' && no === 6 ? null : no;
        expect(brokenAt).toEqual({ no: place, auditId, reason });
        expect(sealed).toBe(no - 1);
      }),
      { numRuns: 8 },
    );
  });

  test('and takes a row away before it was sealed is noticed too', async () => {
    await acts(3);
    const [row] = await db.prisma.audit.findMany();
    await sql('DELETE FROM audit WHERE id = $1', row?.id);
    expect((await verify()).brokenAt).toEqual({ no: null, auditId: row?.id, reason: 'row_missing' });
    expect(await seal()).toBe(2);
    expect((await verify()).brokenAt).toEqual({ no: null, auditId: row?.id, reason: 'row_missing' });
  });

  test('and rebuilds the chain with plain hashes has no key for it', async () => {
    await acts(3);
    await seal();
    await sql('UPDATE audit SET action = $1', 'ticket.read');
    await sql('TRUNCATE audit_seal');
    await sql('INSERT INTO audit_pending SELECT id, created_at FROM audit');
    await sealAll({ db, clock, sealing: createSealing(randomBytes(32)) });
    expect((await verify()).brokenAt).toMatchObject({ no: 1, reason: 'link_altered' });
  });
});
