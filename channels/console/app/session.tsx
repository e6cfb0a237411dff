import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { call, wire } from '../api/call.ts';
import { syncClock } from '../api/clock.ts';
import { type ApiError, asApiError } from '../api/error.ts';
import type { Person, Session } from '../api/types.ts';
import { useLanguage } from '../i18n/index.tsx';

interface SignedIn {
  person: Person;
  /** How far the person may go with an action of the permission table; undefined: not at all. */
  scope(action: string): 'own' | 'team' | 'centre' | undefined;
  can(action: string): boolean;
  signOut(): Promise<void>;
}

export type Gate =
  | { state: 'asking' }
  | { state: 'failed'; error: ApiError; retry(): void }
  | { state: 'out'; expired: boolean; enter(session: Session): void }
  | { state: 'in' };

const Context = createContext<SignedIn | undefined>(undefined);

/** Asks who is signed in; `children` draws the sign-in page or the console by the gate's state. */
export function SessionProvider({ children }: { children: (gate: Gate) => ReactNode }) {
  const [session, setSession] = useState<Session>();
  const [gate, setGate] = useState<'asking' | 'out' | 'expired' | 'in' | ApiError>('asking');
  const { suggest } = useLanguage();

  const enter = useCallback(
    (next: Session) => {
      wire.csrfToken = next.csrfToken;
      syncClock(next.now);
      suggest(next.person.locale);
      setSession(next);
      setGate('in');
    },
    [suggest],
  );
  const ask = useCallback(() => {
    setGate('asking');
    call('GET /api/v1/session', {}).then(enter, (error) => {
      const told = asApiError(error);
      setGate(told.code === 'unauthenticated' ? 'out' : told);
    });
  }, [enter]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page opens
  useEffect(ask, []);
  useEffect(() => {
    // The address stays as it is: whoever signs in again is back where they were.
    wire.onSignedOut = () => setGate((was) => (was === 'in' ? 'expired' : was));
  }, []);

  const signedIn = useMemo(() => session && rightsOf(session, () => setGate('out')), [session]);
  return <Context value={signedIn}>{children(gateOf(gate, enter, ask))}</Context>;
}

function gateOf(
  gate: 'asking' | 'out' | 'expired' | 'in' | ApiError,
  enter: (session: Session) => void,
  retry: () => void,
): Gate {
  if (gate === 'asking' || gate === 'in') return { state: gate };
  if (gate === 'out' || gate === 'expired') return { state: 'out', expired: gate === 'expired', enter };
  return { state: 'failed', error: gate, retry };
}

function rightsOf({ person, permissions }: Session, left: () => void): SignedIn {
  const scope = (action: string) => permissions[action];
  return {
    person,
    scope,
    can: (action) => scope(action) !== undefined,
    async signOut() {
      await call('DELETE /api/v1/session', {});
      left();
    },
  };
}

export function useSession(): SignedIn {
  const signedIn = use(Context);
  if (!signedIn) throw new Error('nobody is signed in');
  return signedIn;
}
