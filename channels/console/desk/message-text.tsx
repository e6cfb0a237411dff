import { useState } from 'react';
import { call } from '../api/call.ts';
import type { Message } from '../api/types.ts';
import { useSession } from '../app/session.tsx';
import { Markdown } from '../ui/markdown.tsx';
import { Reveal } from '../ui/reveal.tsx';

/** What the server puts in the place of digits. */
const MASK = '****';

/** A message's words. Numbers of people in them are masked; whoever may, sees one message whole for a reason. */
export function MessageText({
  conversationId,
  message: { seq, author, text },
}: {
  conversationId: string;
  message: Message;
}) {
  const { can } = useSession();
  const [clear, setClear] = useState<string>();
  // What the bot says of numbers was masked before it was written down: there is nothing behind it.
  if (author === 'bot') return <Markdown text={text} />;
  const ask = async (reason: string) => {
    const input = { params: { id: conversationId }, body: { seq, reason } };
    return (await call('POST /api/v1/conversations/:id/reveal', input)).text;
  };
  return (
    <>
      <p className="plain">{clear ?? text}</p>
      {text.includes(MASK) && can('conversation.reveal') && (
        <Reveal ask={ask} clear={clear} onClear={setClear} testId="reveal-message" />
      )}
    </>
  );
}
