import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../prisma/client.ts';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database.ts';
import { KnowledgeBase } from '../base.ts';
import { Artifacts } from './artifacts.ts';
import { learnInThread } from './in-thread.ts';
import { Learner, type LearnerOptions } from './learner.ts';

const today = { today: '2026-06-10' };
const variables = { hotline: '10199' };
const seeds = readFileSync('prisma/seed/entries.zh.jsonl', 'utf8').trim().split('\n').slice(0, 40);

let test: TestDatabase;
let db: Database;
let sql: Client;
/** Content hashes that any of this test's processes learned, and what was complained of. */
let learned: string[];
let complaints: string[];
const open: Learner[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  db = openDatabase({ url: test.url, onError() {} });
  sql = new Client({ connectionString: test.url });
  await sql.connect();
});
afterAll(async () => {
  await sql?.end();
  await db?.close();
  await test?.drop();
});

beforeEach(async () => {
  [learned, complaints] = [[], []];
  await sql.query('TRUNCATE entry, knowledge_artifact, synonym_group CASCADE');
  for (const line of seeds) {
    const { id, title, questions, body } = JSON.parse(line);
    await write(id, title, questions, body);
  }
});
afterEach(() => {
  for (const learner of open.splice(0)) learner.stop();
});

async function write(id: string, title: string, questions: string[], body: string, state = 'published') {
  await sql.query(
    `INSERT INTO entry (id, language, title, catalogue, questions, body, sms, department, state, valid_from, created_at,
      updated_at) VALUES ($1, 'zh', $2, '', $3, $4, '', '', $5, '2026-01-01', now(), now())
    ON CONFLICT (id) DO UPDATE SET title = $2, questions = $3, body = $4, state = $5`,
    [id, title, JSON.stringify(questions), body, state],
  );
}

/** A process with the knowledge in it; `tell` is the stream between processes. */
let processes = 0;
function start(change: Partial<LearnerOptions> = {}): KnowledgeBase {
  const holder = `00000000-0000-7000-8000-${String(++processes).padStart(12, '0')}`;
  const onError = (error: unknown, what = '') => void complaints.push(`${what}: ${error}`);
  const learner = new Learner({
    artifacts: new Artifacts({ db, kind: 'test', holder }),
    learn: async (content, stop) => {
      const found = await learnInThread(content, stop);
      learned.push(found.fingerprint);
      return found;
    },
    announce: async () => {
      for (const other of open) other.told();
    },
    ...{ onError, ...change },
  });
  open.push(learner);
  return new KnowledgeBase({ db, variables, learner, onError });
}

const answers = (knowledge: KnowledgeBase) =>
  ['5G套餐多少钱', '怎么换套餐', '流量不够用', '违约金', '卫星电话'].map((text) =>
    knowledge.ask(text, today),
  );

describe('what is learned', { timeout: 60_000 }, () => {
  it('is learned once, in a thread, and loaded by everybody else and by the next start', async () => {
    const [a, b] = [start(), start()];
    await Promise.all([a.open(), b.open()]);
    expect(a.learned).toBe(false);
    await Promise.all([a.learn(), b.learn()]);
    expect([a.learned, b.learned]).toEqual([true, true]);
    expect(learned).toHaveLength(1);
    expect(answers(b)).toEqual(answers(a));
    const later = start();
    await later.open();
    expect(later.learned).toBe(true);
    expect(answers(later)).toEqual(answers(a));
    expect([learned.length, complaints]).toEqual([1, []]);
  });

  it('before the process was told of a change is brought up to date at its start, then learned anew', async () => {
    const before = start();
    await (await before.load()).ready;
    await write('new', '卫星通话怎么开通', ['手机能打卫星电话吗'], '到营业厅开通。');
    const [gone] = seeds.map((line) => JSON.parse(line).id);
    await write(gone, '5G', [], '', 'withdrawn');
    const later = start();
    const { ready } = await later.load();
    expect(later.learned).toBe(false);
    const found = later.ask('手机能打卫星电话吗', today);
    expect(JSON.stringify(found)).toContain('new');
    expect(later.cite(gone, today)).toBeUndefined();
    await ready;
    expect(later.learned).toBe(true);
    expect(learned).toHaveLength(2);
  });

  it('is found by the next question after a change, while the thread still learns', async () => {
    const knowledge = start();
    await (await knowledge.load()).ready;
    await write('new', '卫星通话怎么开通', ['手机能打卫星电话吗'], '到营业厅开通。');
    await knowledge.refresh(['new']);
    expect(knowledge.learned).toBe(false);
    expect(JSON.stringify(knowledge.ask('手机能打卫星电话吗', today))).toContain('new');
    await write('new', '卫星通话怎么开通', ['手机能打卫星电话吗'], '', 'withdrawn');
    await knowledge.refresh(['new']);
    expect(JSON.stringify(knowledge.ask('手机能打卫星电话吗', today))).not.toContain('"new"');
    await knowledge.learn();
    expect(knowledge.learned).toBe(true);
    expect(JSON.stringify(knowledge.ask('手机能打卫星电话吗', today))).not.toContain('"new"');
  });

  it('is of no use with other synonyms: entries that have one are read anew, and all is learned again', async () => {
    const keep = (words: string[]) =>
      sql.query(
        `INSERT INTO synonym_group (id, words, created_at, updated_at) VALUES (gen_random_uuid(), $1, now(), now())`,
        [JSON.stringify(words)],
      );
    await write('new', '手机能打卫星电话吗', ['星空通话怎么开'], '到营业厅开通。');
    const knowledge = start();
    await (await knowledge.load()).ready;
    expect(JSON.stringify(knowledge.ask('寰宇怎么开', today))).not.toContain('"answer"');
    await keep(['寰宇', '星空通话']);
    await knowledge.refreshSynonyms();
    expect(knowledge.learned).toBe(false);
    expect((await knowledge.search('寰宇', today))[0]?.entry.id).toBe('new');
    const asked = '寰宇怎么开';
    await knowledge.learn();
    expect(knowledge.learned).toBe(true);
    expect(knowledge.ask(asked, today)).toMatchObject({ outcome: 'answer', entry: { id: 'new' } });
    expect([learned.length, new Set(learned).size]).toEqual([2, 2]);
    // A process that starts now takes what was learned; one that starts after another change brings it up to date.
    const later = start();
    await later.open();
    expect(later.learned).toBe(true);
    expect(answers(later)).toEqual(answers(knowledge));
    expect(later.ask(asked, today)).toEqual(knowledge.ask(asked, today));
    await sql.query('DELETE FROM synonym_group');
    const last = start();
    const { ready } = await last.load();
    expect(await last.search('寰宇', today)).toEqual([]);
    await ready;
    expect([learned.length, complaints]).toEqual([2, []]);
  });

  it('is rebuilt, and said in the log, when the stored index is damaged', async () => {
    await (await start().load()).ready;
    await sql.query("UPDATE knowledge_artifact_part SET data = '\\x1234' WHERE no = 0");
    const later = start();
    const { ready } = await later.load();
    expect(complaints.join()).toMatch(/could not be read and is made anew: Error: not (readable|an index)/);
    expect(later.ask('5G套餐多少钱', today).outcome).not.toBe('unknown');
    await ready;
    expect(later.learned).toBe(true);
    expect(learned).toHaveLength(2);
    const after = start();
    await after.open();
    expect([after.learned, complaints.length]).toEqual([true, 1]);
  });

  it('is taken over when the process that learned it has died, and not before', async () => {
    const knowledge = start();
    await knowledge.open();
    let claimed = '';
    const dead = start({
      learn: async () => {
        claimed = (await sql.query('SELECT hash FROM knowledge_artifact')).rows[0].hash;
        return new Promise(() => {});
      },
    });
    await dead.open();
    void dead.learn();
    await expect.poll(() => claimed, { timeout: 5000 }).not.toBe('');
    const ready = knowledge.learn();
    await expect.poll(() => (open.at(0) as Learner).waiting, { timeout: 5000 }).toBe(true);
    expect(learned).toEqual([]);
    await sql.query("UPDATE knowledge_artifact SET lease_until = now() - interval '1 second'");
    await ready;
    expect([knowledge.learned, learned]).toEqual([true, [claimed]]);
  });

  it('is learned on the event loop when no thread can be had', async () => {
    const knowledge = start({ learn: () => Promise.reject(new Error('no thread')) });
    await (await knowledge.load()).ready;
    expect(knowledge.learned).toBe(true);
    expect(complaints.join()).toContain('no thread');
    expect((await sql.query('SELECT * FROM knowledge_artifact')).rows).toEqual([]);
  });

  it('leaves no more than two artifacts of a kind behind', async () => {
    const knowledge = start();
    await (await knowledge.load()).ready;
    for (const word of ['一', '二', '三']) {
      await write('new', `卫星通话${word}`, [], '到营业厅开通。');
      await knowledge.refresh(['new']);
      await knowledge.learn();
    }
    const { rows } = await sql.query('SELECT count(*)::int AS n FROM knowledge_artifact');
    expect([rows[0].n, learned.length]).toEqual([2, 4]);
  });
});
