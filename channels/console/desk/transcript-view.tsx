import { DownOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLanguage, useT } from '../i18n/index.tsx';
import { dayOf } from '../ui/words.ts';
import { MessageLine, OutgoingLine } from './message-line.tsx';
import type { OpenConversation } from './use-conversation.ts';

/** So near the end counts as being there. */
const NEAR_PX = 80;

export function TranscriptView({ open }: { open: OpenConversation }) {
  const { t, locale } = useLanguage();
  const { messages, outgoing } = open.transcript;
  const { box, follow, away, toEnd } = useStickyScroll(
    messages.at(-1)?.seq,
    messages[0]?.seq,
    outgoing.length,
  );
  return (
    <div className="transcript-frame">
      <div
        className="transcript"
        ref={box}
        onScroll={follow}
        role="log"
        aria-label={t('transcript.label')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        data-testid="transcript"
      >
        {open.earlier && (
          <Button type="link" size="small" onClick={open.earlier} className="transcript-earlier">
            {t('transcript.earlier')}
          </Button>
        )}
        {messages.length === 0 && outgoing.length === 0 && (
          <p className="transcript-empty">{t('transcript.empty')}</p>
        )}
        {messages.map((message, index) => {
          const day = dayOf(message.at, locale);
          const before = messages[index - 1];
          return (
            // The same place in another conversation is another message: nothing revealed may stay.
            <div key={`${open.id} ${message.seq}`} className="transcript-entry">
              {(!before || dayOf(before.at, locale) !== day) && (
                <div className="transcript-day num">{day}</div>
              )}
              <MessageLine
                conversationId={open.id ?? ''}
                message={message}
                joined={joins(before, message)}
                hindered={open.hindered?.messages.find(({ seq }) => seq === message.seq)}
              />
            </div>
          );
        })}
        {outgoing.map((entry) => (
          <OutgoingLine
            key={entry.clientId}
            entry={entry}
            onResend={() => open.resend(entry)}
            onDiscard={() => open.discard(entry.clientId)}
          />
        ))}
        <Typing until={open.transcript.typingUntil} />
      </div>
      {away && (
        <Button
          className="transcript-newer"
          shape="round"
          size="small"
          icon={<DownOutlined />}
          onClick={toEnd}
        >
          {t('transcript.newer')}
        </Button>
      )}
    </div>
  );
}

type Line = Parameters<typeof MessageLine>[0]['message'];
const JOIN_MS = 120_000;

/** The same speaker again, soon after: the name isn't said twice. */
function joins(before: Line | undefined, message: Line): boolean {
  if (!before || before.author !== message.author || before.visibility !== message.visibility) return false;
  return before.name === message.name && message.at - before.at < JOIN_MS;
}

function Typing({ until }: { until: number }) {
  const t = useT();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const left = until - Date.now();
    setShown(left > 0);
    const timer = setTimeout(() => setShown(false), Math.max(0, left));
    return () => clearTimeout(timer);
  }, [until]);
  return (
    <div className="transcript-typing" aria-live="polite" data-testid="customer-typing">
      {shown && t('transcript.typing')}
    </div>
  );
}

/**
 * Stays at the end while one is there; whoever reads above is left in peace, and told. Older messages that come in above
 * push nothing away.
 */
function useStickyScroll(last: number | undefined, first: number | undefined, onTheirWay: number) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const height = useRef(0);
  const [away, setAway] = useState(false);
  const follow = useCallback(() => {
    const it = box.current;
    if (!it) return;
    atEnd.current = it.scrollHeight - it.scrollTop - it.clientHeight < NEAR_PX;
    height.current = it.scrollHeight;
    if (atEnd.current) setAway(false);
  }, []);
  const toEnd = useCallback(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
    atEnd.current = true;
    setAway(false);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when something came below
  useLayoutEffect(() => {
    if (atEnd.current) toEnd();
    else setAway(true);
    height.current = box.current?.scrollHeight ?? 0;
  }, [last, toEnd]);
  useLayoutEffect(() => {
    if (onTheirWay > 0) toEnd();
  }, [onTheirWay, toEnd]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when something came above
  useLayoutEffect(() => {
    const it = box.current;
    if (!it || atEnd.current) return;
    it.scrollTop += it.scrollHeight - height.current;
    height.current = it.scrollHeight;
  }, [first]);
  return { box, follow, away, toEnd };
}
