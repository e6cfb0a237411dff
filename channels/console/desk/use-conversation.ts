import { useCallback, useEffect, useRef, useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import { serverNow } from '../api/clock.ts';
import { type ApiError, asApiError } from '../api/error.ts';
import type { Conversation, Message } from '../api/types.ts';
import { type Resource, useResource } from '../api/use-resource.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import {
  discarded,
  emptyTranscript,
  failed,
  type Outgoing,
  received,
  type SentFile,
  sending,
  sent,
  type Transcript,
  typed,
} from './transcript-state.ts';
import { type Hindered, useHindered } from './use-hindered.ts';

const PAGE = 100;

export interface OpenConversation {
  id: string | undefined;
  conversation: Resource<Conversation>;
  transcript: Transcript;
  /** Which messages did not reach the customer. */
  hindered: Hindered | undefined;
  loaded: boolean;
  error: ApiError | undefined;
  /** Brings the page before the first message shown; undefined when that is the first of all. */
  earlier: (() => Promise<void>) | undefined;
  receive(messages: readonly Message[]): void;
  customerTypes(): void;
  /** Reads again whatever may have changed, from what is shown on. */
  reload(): void;
  send(kind: Outgoing['kind'], text: string, files: SentFile[]): void;
  resend(entry: Outgoing): void;
  discard(clientId: string): void;
}

/** The conversation in the middle of the desk. `lastSeq` is the newest message that the lists know. */
export function useConversation(id: string | undefined, lastSeq: number): OpenConversation {
  const t = useT();
  const [transcript, setTranscript] = useState(emptyTranscript);
  const [state, setState] = useState<{ of?: string; error?: ApiError }>({});
  const current = useRef(id);
  current.current = id;
  const conversation = useResource(id && `conversation ${id}`, (signal) =>
    call('GET /api/v1/conversations/:id', { params: { id: id ?? '' } }, { signal }),
  );

  /** Changes the transcript, if the page hasn't gone on to another conversation meanwhile. */
  const update = useCallback((of: string, to: (was: Transcript) => Transcript) => {
    if (current.current === of) setTranscript(to);
  }, []);
  const read = useCallback(
    async (of: string, after: number) => {
      try {
        for (let from: number | null = after; from !== null; ) {
          const { messages, next } = await readPage(of, from, 500);
          update(of, (was) => received(was, messages));
          from = next;
        }
        if (current.current === of) setState({ of });
      } catch (error) {
        if (current.current === of) setState({ of, error: asApiError(error) });
      }
    },
    [update],
  );
  const newest = useRef(lastSeq);
  newest.current = lastSeq;
  useEffect(() => {
    setTranscript(emptyTranscript);
    setState({});
    if (id) void read(id, Math.max(0, newest.current - PAGE));
  }, [id, read]);

  const post = useCallback(
    (of: string, entry: Outgoing) => {
      update(of, (was) => sending(was, entry));
      const { text, clientId } = entry;
      const params = { id: of };
      const ids = entry.files.map(({ id }) => id);
      const posted =
        entry.kind === 'note'
          ? call('POST /api/v1/desk/conversations/:id/notes', { params, body: { text } }, { clientId })
          : call(
              'POST /api/v1/desk/conversations/:id/messages',
              { params, body: ids.length > 0 ? { text, files: ids } : { text } },
              { clientId },
            );
      posted.then(
        ({ seq }) => update(of, (was) => sent(was, clientId, seq)),
        (error) => update(of, (was) => failed(was, clientId, wordsFor(error, t))),
      );
    },
    [t, update],
  );
  const hindered = useHindered(id);
  const first = transcript.messages[0]?.seq ?? 0;
  const reloadHead = conversation.reload;
  const receive = useCallback(
    (messages: readonly Message[]) => setTranscript((was) => received(was, messages)),
    [],
  );
  return {
    id,
    conversation,
    transcript,
    hindered,
    loaded: state.of !== undefined && state.of === id,
    error: state.of === id ? state.error : undefined,
    earlier:
      id && first > 1
        ? async () => {
            const { messages } = await readPage(id, Math.max(0, first - 1 - PAGE), Math.min(PAGE, first - 1));
            update(id, (was) => received(was, messages));
          }
        : undefined,
    receive,
    customerTypes: () => setTranscript((was) => typed(was, Date.now())),
    reload() {
      reloadHead();
      if (id) void read(id, Math.max(0, first - 1));
    },
    send(kind, text, files) {
      if (id) post(id, { clientId: newClientId(), kind, text, files, at: serverNow(), state: 'sending' });
    },
    resend: (entry) => id && post(id, entry),
    discard: (clientId) => setTranscript((was) => discarded(was, clientId)),
  };
}

function readPage(id: string, after: number, limit: number) {
  return call('GET /api/v1/conversations/:id/messages', { params: { id }, query: { after, limit } });
}
