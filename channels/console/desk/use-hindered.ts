import { useEffect } from 'react';
import { type Answer, call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';

export type Hindered = Answer<'GET /api/v1/conversations/:id/hindered'>;

const RENEW_MS = 8000;

/** What did not reach the customer, or not yet: platforms tell it long after a message was written. */
export function useHindered(id: string | undefined): Hindered | undefined {
  const { data, reload } = useResource(id && `hindered ${id}`, (signal) =>
    call('GET /api/v1/conversations/:id/hindered', { params: { id: id ?? '' } }, { signal }),
  );
  useEffect(() => {
    const timer = setInterval(reload, RENEW_MS);
    return () => clearInterval(timer);
  }, [reload]);
  return data;
}
