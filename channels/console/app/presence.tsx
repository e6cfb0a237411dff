import { App, Segmented } from 'antd';
import { createContext, type ReactNode, use, useMemo } from 'react';
import type { Answer } from '../api/call.ts';
import { call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import { useSession } from './session.tsx';

type Rows = Answer<'GET /api/v1/presence'>['people'];
export type Presence = Rows[number]['status'];
const STATES = ['available', 'away', 'offline'] as const satisfies readonly Presence[];

interface Mine {
  /** undefined while it isn't known, and for those who have none. */
  status: Presence | undefined;
  choose(status: Presence): Promise<void>;
  /** One of those at the desk. */
  colleague(personId: string | null): Rows[number] | undefined;
  reload(): void;
}

const Context = createContext<Mine | undefined>(undefined);

/** 示忙示闲 of the person signed in; the desk's live events renew it when a leader changes it. */
export function PresenceProvider({ children }: { children: ReactNode }) {
  const { person, can } = useSession();
  const { message } = App.useApp();
  const t = useT();
  const wanted = can('presence.set') && can('presence.read');
  const { data, reload, set } = useResource(wanted ? 'presence' : undefined, (signal) =>
    call('GET /api/v1/presence', {}, { signal }),
  );
  const status = data?.people.find(({ personId }) => personId === person.id)?.status;
  const mine = useMemo<Mine>(() => {
    const show = (next: Presence) =>
      data &&
      set({
        people: data.people.map((row) => (row.personId === person.id ? { ...row, status: next } : row)),
      });
    return {
      status,
      reload,
      colleague: (id) => data?.people.find(({ personId }) => personId === id),
      async choose(next) {
        show(next);
        try {
          await call('PUT /api/v1/presence', { body: { status: next } });
        } catch (error) {
          message.error(wordsFor(error, t));
          reload();
        }
      },
    };
  }, [data, status, reload, set, person.id, message, t]);
  return <Context value={mine}>{children}</Context>;
}

export function usePresence(): Mine {
  const mine = use(Context);
  if (!mine) throw new Error('no PresenceProvider above');
  return mine;
}

export function PresenceSwitch() {
  const { status, choose } = usePresence();
  const t = useT();
  if (!status) return null;
  const options = STATES.map((value) => ({
    value,
    label: (
      <span className={`presence presence-${value}`} data-testid={`presence-${value}`}>
        {t(`presence.${value}`)}
      </span>
    ),
  }));
  return (
    <div data-testid="presence" data-status={status}>
      <Segmented
        size="small"
        aria-label={t('shell.presence')}
        value={status}
        options={options}
        onChange={(next) => void choose(next)}
      />
    </div>
  );
}
