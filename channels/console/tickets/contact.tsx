import { useState } from 'react';
import { call } from '../api/call.ts';
import { useSession } from '../app/session.tsx';
import { Reveal } from '../ui/reveal.tsx';

/** A customer's number, masked; in clear for a minute, against a reason that goes on the record. */
export function Contact({ ticketId, masked }: { ticketId: string; masked: string }) {
  const { can } = useSession();
  const [clear, setClear] = useState<string>();
  const ask = async (reason: string) => {
    const input = { params: { id: ticketId }, body: { reason } };
    return (await call('POST /api/v1/tickets/:id/reveal', input)).contact;
  };
  return (
    <>
      <span data-testid="contact">{clear ?? masked}</span>
      {can('ticket.reveal') && <Reveal ask={ask} clear={clear} onClear={setClear} testId="reveal" />}
    </>
  );
}
