import { Button } from 'antd';
import { useLayoutEffect, useRef } from 'react';
import { useLanguage, useT } from '../i18n/index.tsx';
import { Markdown } from '../ui/markdown.tsx';
import { Notice } from '../ui/notice.tsx';
import { Loading } from '../ui/states.tsx';
import { dayOf, timeOf } from '../ui/words.ts';
import { CardView } from './card.tsx';
import type { Line } from './chat-state.ts';
import { SentFiles } from './files.tsx';
import { StaffInput } from './input.tsx';
import { type StaffChat, useStaffChat } from './use-staff-chat.ts';
import './staff.css';

/** 员工助手: one's own chat with the staff bot, in the console's drawer and at /staff. */
export function StaffPanel() {
  const t = useT();
  const chat = useStaffChat();
  return (
    <div className="staff" data-testid="staff-chat">
      <div aria-live="polite">
        {chat.standing === false && <Notice kind="warning">{t('staff.reconnecting')}</Notice>}
      </div>
      {chat.standing === undefined ? <Loading /> : <Log chat={chat} />}
      <Offers chat={chat} />
      <StaffInput onSay={chat.say} />
    </div>
  );
}

function Log({ chat }: { chat: StaffChat }) {
  const { t, locale } = useLanguage();
  const { lines, typing } = chat;
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when something came
  useLayoutEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines.length, typing]);
  return (
    <div
      className="staff-log"
      role="log"
      aria-label={t('staff.log')}
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      data-testid="staff-log"
    >
      {lines.length === 0 && <p className="staff-empty">{t('staff.empty')}</p>}
      {lines.map((line, index) => {
        const before = lines[index - 1];
        const day = dayOf(line.at, locale);
        return (
          <div key={line.id} className="staff-entry">
            {(!before || dayOf(before.at, locale) !== day) && line.at > 0 && (
              <p className="staff-day num">{day}</p>
            )}
            <LineView line={line} chat={chat} />
          </div>
        );
      })}
      {typing && <p className="staff-typing">{t('staff.typing')}</p>}
    </div>
  );
}

function LineView({ line, chat }: { line: Line; chat: StaffChat }) {
  const { t, locale } = useLanguage();
  const { mine, text, markdown, cards, files, state, why, at } = line;
  return (
    <article
      className={`say ${mine ? 'say-mine' : 'say-bot'} say-${state}`}
      data-testid="staff-line"
      data-mine={mine}
      data-state={state}
    >
      <span className="sr-only">{t(mine ? 'staff.me' : 'staff.bot')}</span>
      {text && (
        <div className="say-bubble">
          {markdown ? <Markdown text={text} /> : <p className="plain">{text}</p>}
        </div>
      )}
      {cards.map((card, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cards of a message have nothing but their place
        <CardView key={place} card={card} onPress={chat.press} />
      ))}
      <SentFiles files={files} />
      <p className="say-foot num">
        {state === 'said' && at > 0 && timeOf(at, locale)}
        {state === 'sending' && t('transcript.sending')}
        {state === 'failed' && (
          <span role="alert" className="say-why">
            {t('transcript.failed', { why: why ?? '' })}
            <Button type="link" size="small" onClick={() => chat.again(line)}>
              {t('transcript.resend')}
            </Button>
          </span>
        )}
      </p>
    </article>
  );
}

/** The last message's suggested replies, or what one mostly comes for. */
function Offers({ chat: { lines, say } }: { chat: StaffChat }) {
  const t = useT();
  const options = lines.at(-1)?.options ?? [];
  const offered =
    options.length > 0
      ? options.map(({ title = '', value }) => ({ title, words: typeof value === 'string' ? value : title }))
      : (['staff.leave', 'staff.shifts', 'staff.help'] as const).map((key) => ({
          title: t(key),
          words: t(key),
        }));
  return (
    <fieldset
      className="staff-offers"
      aria-label={t(options.length > 0 ? 'staff.choices' : 'staff.quick')}
      data-testid="staff-offers"
    >
      {offered.map(({ title, words }) => (
        <Button key={title} size="small" shape="round" onClick={() => say(words)} data-testid="staff-option">
          {title}
        </Button>
      ))}
    </fieldset>
  );
}
