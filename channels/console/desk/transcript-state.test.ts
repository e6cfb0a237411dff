import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../api/types.ts';
import {
  discarded,
  emptyTranscript,
  failed,
  type Outgoing,
  received,
  sending,
  sent,
  typed,
} from './transcript-state.ts';

const said = (seq: number, author: Message['author'] = 'customer'): Message => ({
  ...{ seq, author, name: null, visibility: 'all', text: `${seq}`, state: 'sent', at: seq },
  ...{ outcome: null, sources: [], actions: [], files: [] },
});
const mine: Outgoing = { clientId: 'c1', kind: 'reply', text: '您好', files: [], at: 1, state: 'sending' };
const seqs = (of: { messages: readonly Message[] }) => of.messages.map(({ seq }) => seq);

describe('the transcript of the desk', () => {
  it('is the same however the messages come: in pages, live, doubled, in any order', () => {
    const some = fc.array(fc.array(fc.integer({ min: 1, max: 30 })), { maxLength: 8 });
    fc.assert(
      fc.property(some, (parts) => {
        const transcript = parts.reduce(
          (was, part) =>
            received(
              was,
              part.map((seq) => said(seq)),
            ),
          emptyTranscript,
        );
        expect(seqs(transcript)).toEqual([...new Set(parts.flat())].sort((a, b) => a - b));
      }),
    );
  });

  it('shows what I send at once, and once only, whether the answer or the live event comes first', () => {
    const shown = sending(emptyTranscript, mine);
    expect(shown.outgoing).toMatchObject([{ text: '您好', state: 'sending' }]);
    const answerFirst = received(sent(shown, 'c1', 5), [said(5, 'agent')]);
    const event = received(shown, [{ ...said(5, 'agent'), text: '您好' }]);
    expect(event.outgoing).toEqual([]);
    expect(received(shown, [said(5, 'agent')]).outgoing).toHaveLength(1);
    const eventFirst = sent(event, 'c1', 5);
    for (const each of [answerFirst, eventFirst]) {
      expect(each.outgoing).toEqual([]);
      expect(seqs(each)).toEqual([5]);
    }
  });

  it('keeps what failed with its reason, and sends it again under the same client id', () => {
    const lost = failed(sending(emptyTranscript, mine), 'c1', '连接不上');
    expect(lost.outgoing).toMatchObject([{ clientId: 'c1', state: 'failed', why: '连接不上' }]);
    const again = sending(lost, lost.outgoing[0] as Outgoing);
    expect(again.outgoing).toEqual([{ ...mine, state: 'sending' }]);
    expect(discarded(again, 'c1').outgoing).toEqual([]);
  });

  it('marks an answer as superseded when its newer state comes', () => {
    const before = received(emptyTranscript, [said(3, 'bot')]);
    const after = received(before, [{ ...said(3, 'bot'), state: 'superseded' }]);
    expect(after.messages).toMatchObject([{ seq: 3, state: 'superseded' }]);
  });

  it('takes the typing sign away when the words come', () => {
    const typing = typed(emptyTranscript, 1000);
    expect(typing.typingUntil).toBeGreaterThan(1000);
    expect(received(typing, [said(1, 'bot')]).typingUntil).toBe(typing.typingUntil);
    expect(received(typing, [said(2)]).typingUntil).toBe(0);
  });
});
