import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { open, sealedIn } from '../../../channels/wecom/callback.ts';
import { kfKind, kind } from '../../../channels/wecom/channel.ts';
import { AGENT } from '../../fakes/wecom/app.ts';
import { CORP } from '../../fakes/wecom/platform.ts';
import { type Callback, callback, envelope, xmlOf } from '../../fakes/wecom/sealing.ts';
import { heard, openStage, type Stage } from './stage.ts';

const NOW = 1_780_000_000_000;
const genuine = xmlOf({
  FromUserName: 'LiLei',
  CreateTime: NOW / 1000,
  MsgType: 'text',
  Content: '真的',
  MsgId: '1',
  AgentID: AGENT,
});

/** One byte of a text changed, put in, taken out, or a piece of it moved. */
const mutation = fc.record({
  at: fc.nat(),
  how: fc.constantFrom('change', 'insert', 'delete', 'move', 'repeat'),
  with: fc.string({ minLength: 1, maxLength: 3, unit: 'binary' }),
});
function mutated(text: string, { at, how, with: what }: { at: number; how: string; with: string }): string {
  const place = text.length === 0 ? 0 : at % text.length;
  const [before, after] = [text.slice(0, place), text.slice(place)];
  if (how === 'insert') return before + what + after;
  if (how === 'delete') return before + after.slice(1 + (at % 5));
  if (how === 'move') return after + before;
  return how === 'repeat' ? text + after : before + what + after.slice(what.length);
}

const broken = fc.record({
  mutations: fc.array(mutation, { minLength: 1, maxLength: 4 }),
  where: fc.constantFrom('query', 'body'),
});

/** What the door lets in of a posted callback: its message, or nothing. */
function letIn(query: string, body: string): string | undefined {
  try {
    return open(new URLSearchParams(query), sealedIn(Buffer.from(body)), CORP, NOW);
  } catch (error) {
    // Anything but a refusal would be answered as a fault of ours.
    expect(error).toHaveProperty('name', 'Refused');
    return undefined;
  }
}

it('10,000 broken callbacks: none says anything but what the platform sealed', () => {
  const { query, sealed } = callback(genuine, CORP, NOW);
  const body = envelope(sealed, CORP.corpId);
  expect(letIn(query, body)).toBe(genuine);
  let refused = 0;
  const property = fc.property(broken, ({ mutations, where }) => {
    const parts = { query, body };
    parts[where] = mutations.reduce(mutated, parts[where]);
    const message = letIn(parts.query, parts.body);
    if (message === undefined) refused++;
    // What is beside the sealed part may change: it says nothing.
    else expect(message).toBe(genuine);
  });
  fc.assert(property, { numRuns: 10_000, interruptAfterTimeLimit: 60_000 });
  expect(refused).toBeGreaterThan(1000);
});

let stage: Stage | undefined;
afterEach(() => stage?.close());

it.each([
  ['application', kind],
  ['customer service', kfKind],
])('whatever is posted to the %s, it answers, and takes nothing in', async (_, of) => {
  const open = await openStage(of, { at: NOW });
  stage = open;
  const { sealed, query }: Callback = callback(genuine, CORP, NOW - 6 * 60_000);
  const anything = fc.oneof(
    fc.string({ maxLength: 300, unit: 'binary' }),
    broken.map(({ mutations }) => mutations.reduce(mutated, envelope(sealed, CORP.corpId))),
  );
  const property = fc.asyncProperty(anything, mutation, async (body, how) => {
    const signature = mutated(query, how).replaceAll(/[^\x20-\x7e]/g, '');
    const response = await open.caller.send({ query: signature, sealed }, body);
    expect([400, 401]).toContain(response.status);
  });
  await fc.assert(property, { numRuns: 400, interruptAfterTimeLimit: 30_000 });
  expect(heard(open.host)).toEqual([]);
  expect(open.host.threads.size).toBe(0);
  expect(open.errors).toEqual([]);
});

it('whatever the platform itself seals is read or refused, never a fault of ours', async () => {
  const open = await openStage(kind, { at: NOW });
  stage = open;
  const name = fc.constantFrom(
    'FromUserName',
    'MsgType',
    'MsgId',
    'Event',
    'EventKey',
    'AgentID',
    'Content',
    '__proto__',
    'constructor',
  );
  const value = fc.oneof(
    fc.constantFrom(
      'text',
      'event',
      'image',
      'template_card_event',
      'click',
      `t:${'x'.repeat(21)}`,
      'v:好',
      String(AGENT),
    ),
    fc.string({ maxLength: 20 }),
  );
  const message = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc
      .array(fc.tuple(name, value))
      .map((fields) => `<xml>${fields.map(([n, v]) => `<${n}><![CDATA[${v}]]></${n}>`).join('')}</xml>`),
    fc.array(mutation, { minLength: 1, maxLength: 3 }).map((all) => all.reduce(mutated, genuine)),
  );
  const property = fc.asyncProperty(message, async (sent) => {
    const { status } = await open.caller.send(callback(sent, CORP, NOW));
    expect([200, 400, 401, 404]).toContain(status);
  });
  await fc.assert(property, { numRuns: 600, interruptAfterTimeLimit: 30_000 });
  expect(open.errors).toEqual([]);
});
