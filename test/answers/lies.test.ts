import { createHash } from 'node:crypto';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkClaims } from '../../knowledge/answer/check.ts';
import type { ModelAnswers } from '../../knowledge/answer/remote.ts';
import type { Cited } from '../../knowledge/index.ts';
import { LIES, type Occasion, type Sentence, sentencesIn } from './lies.ts';
import { openWorld, paraphrases, type Question, questions } from './world.ts';

/** The activity of June has ended, so that there is something to cite that is over. */
const world = openWorld('2026-07-10');
const mock = new LLMock({ port: 0, logLevel: 'silent' });
/** What the model will say next. */
let script: Sentence[] = [];
let answers: ModelAnswers;
beforeAll(async () => {
  mock.on({ predicate: () => true }, () => ({ content: JSON.stringify({ fits: true, sentences: script }) }));
  await mock.start();
  answers = world.answers(`${mock.url}/v1`, { budgetMs: 60_000 });
});
afterAll(() => mock.stop());

/** What reaches the customer if the model says this; undefined: the approved wording, or no answer. */
async function sent(question: string, sentences: Sentence[]): Promise<string | undefined> {
  script = sentences;
  const reply = await answers.ask({ text: question }, world, new AbortController().signal);
  return reply.outcome === 'answer' ? reply.composed?.text : undefined;
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
/** The 40 whose sha256 sorts first and whose entry the index finds and has no action of its own: nobody chose them. */
function occasions(): Occasion[] {
  const expired = world.entries.get('zh-a-050') as Cited;
  return questions()
    .sort((a, b) => (hash(a.text) < hash(b.text) ? -1 : 1))
    .flatMap((question) => occasionOf(question, expired) ?? [])
    .slice(0, 40);
}

function occasionOf({ text, gold }: Question, expired: Cited): Occasion | undefined {
  const entry = world.cite(gold[0] ?? '');
  const reply = world.ask(text);
  const found = reply.outcome === 'choices' ? reply.entries : reply.outcome === 'answer' ? [reply.entry] : [];
  const honest = entry ? sentencesIn(entry.body) : [];
  if (!entry || !found.some(({ id }) => id === entry.id) || honest.length === 0) return undefined;
  if (/^(menu|ticket-status|handoff)/.test(entry.action ?? '')) return undefined;
  const others = [...world.entries.values()].filter((e) => e.language === entry.language && world.cite(e.id));
  const seen = new Set(world.found(text).map(({ id }) => id));
  const neighbour =
    found.find(({ id }) => id !== entry.id) ?? (others.find(({ id }) => id !== entry.id) as Cited);
  const stranger = others.findLast(({ id }) => !seen.has(id)) as Cited;
  return { question: text, entry, honest, neighbour, stranger, expired };
}

/** The lie that an occasion gives rise to; what an entry happens to say as well is none. */
function lieIn(occasion: Occasion, lie: (occasion: Occasion) => Sentence | undefined): Sentence | undefined {
  const lied = lie(occasion);
  const cited = world.entries.get(lied?.entryId ?? '');
  const isTrue = cited?.id === occasion.entry.id && plain(cited.body).includes(plain(lied?.text ?? ''));
  return isTrue ? undefined : lied;
}

const plain = (text: string) => text.replace(/[\s。.;；*`]/g, '');

describe('a scripted model that lies', () => {
  const all = occasions();

  it.each(Object.entries(LIES))('%s: no such sentence is sent', { timeout: 60_000 }, async (name, lie) => {
    let told = 0;
    for (const occasion of all) {
      const lied = lieIn(occasion, lie);
      if (!lied) continue;
      told++;
      // Beside the true sentence it would leave nothing out.
      const text = occasion.honest.find((sentence) => sentence !== lied.from) ?? '';
      const truth = { text, entryId: occasion.entry.id };
      for (const script of [[lied], [truth, lied]]) {
        const heard = await sent(occasion.question, script);
        // A reply without a composed text is the approved wording: nothing of the model's is in it.
        if (heard === undefined) continue;
        expect({ heard: plain(heard), lie: lied.text }).toEqual({ heard: plain(truth.text), lie: lied.text });
      }
    }
    process.stdout.write(`${name}: told ${told} times, sent 0 times\n`);
    expect(told).toBeGreaterThan(0);
  });
});

describe('the checker is no wall', () => {
  it('lets approved wording through, sentence by sentence', () => {
    const all = occasions().flatMap(({ entry, honest }) => honest.map((text) => ({ text, entry })));
    const kept = all.filter(
      ({ text, entry }) => !checkClaims([{ text, entryId: entry.id }], () => entry)[0]?.fault,
    );
    process.stdout.write(`checker: ${kept.length} of ${all.length} approved sentences pass alone\n`);
    expect(kept.length / all.length).toBeGreaterThan(0.8);
  });

  it('lets nine of ten true sentences in other words through', () => {
    const verdicts = checkClaims(paraphrases(), (id) => world.entries.get(id));
    const kept = verdicts.filter(({ fault }) => fault === undefined);
    process.stdout.write(`checker: ${kept.length} of ${verdicts.length} true paraphrases pass\n`);
    expect(kept.length / verdicts.length).toBeGreaterThanOrEqual(0.9);
  });
});
