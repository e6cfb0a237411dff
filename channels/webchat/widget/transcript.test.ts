import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compose, empty, entries, mark, merge, unread } from './transcript.ts';
import type { Activity } from './wire.ts';

const bot = (id: string, text = id): Activity => ({ type: 'message', id, text, from: { role: 'bot' } });
const mine = (clientActivityID: string, id?: string): Activity => ({
  type: 'message',
  text: clientActivityID,
  channelData: { clientActivityID },
  ...(id ? { id, from: { role: 'user' } } : {}),
});
const shown = (of: ReturnType<typeof merge>) => entries(of).map((entry) => entry.activity.id ?? entry.key);

describe('the log of a conversation', () => {
  it('shows what the customer types at once, and its echo does not show it again', () => {
    const typed = compose(empty, mine('c1'));
    expect(entries(typed)).toMatchObject([{ key: 'c1', state: 'sending' }]);
    const echoed = merge(typed, [mine('c1', 'a1'), bot('a2')]);
    expect(entries(echoed)).toMatchObject([{ key: 'c1', state: 'sent' }, { key: 'a2' }]);
    expect(echoed.outgoing).toEqual([]);
  });

  it('knows the echo by the id of the answer too, when a server drops channelData', () => {
    const typed = mark(compose(empty, mine('c1')), 'c1', {
      state: 'sent',
      activity: { ...mine('c1'), id: 'a1' },
    });
    expect(shown(merge(typed, [{ type: 'message', id: 'a1', text: 'c1', from: { role: 'user' } }]))).toEqual([
      'a1',
    ]);
  });

  it('keeps a failed message at the end, where it can be sent again, and takes it out when it arrives after all', () => {
    let log = mark(compose(empty, mine('c1')), 'c1', { state: 'failed', reason: 'too long' });
    log = merge(log, [bot('a1')]);
    expect(shown(log)).toEqual(['a1', 'c1']);
    log = mark(log, 'c1', { state: 'sending' });
    expect(log.outgoing[0]).not.toHaveProperty('reason');
    expect(shown(merge(log, [mine('c1', 'a2')]))).toEqual(['a1', 'a2']);
  });

  it('changes a known message in place: a card after its decision', () => {
    const log = merge(merge(empty, [bot('a1'), bot('a2')]), [bot('a1', '已处理')]);
    expect(entries(log).map((entry) => entry.activity.text)).toEqual(['已处理', 'a2']);
  });

  it('counts what others said since the last look, not the own words', () => {
    const log = merge(empty, [bot('a1'), mine('c1', 'a2'), bot('a3'), bot('a4')]);
    expect(unread(log, 'a1')).toBe(2);
    expect(unread(log, 'a4')).toBe(0);
    expect(unread(log, undefined)).toBe(3);
  });

  it('shows every message once and in order, however the frames overlap after reconnects', () => {
    const stream = Array.from({ length: 12 }, (_, at) => bot(`a${String(at).padStart(2, '0')}`));
    const cut = fc.record({ from: fc.nat(11), length: fc.nat(12) });
    fc.assert(
      fc.property(fc.array(cut, { maxLength: 20 }), (cuts) => {
        let log = empty;
        let watermark = 0;
        for (const { from, length } of [...cuts, { from: 0, length: 12 }]) {
          // A server never skips: a frame begins at the client's watermark or before it.
          const begin = Math.min(from, watermark);
          log = merge(log, stream.slice(begin, begin + length));
          watermark = Math.max(watermark, Math.min(12, begin + length));
        }
        log = merge(log, stream.slice(watermark));
        expect(shown(log)).toEqual(stream.map(({ id }) => id));
      }),
    );
  });
});
