import { Select } from 'antd';
import type { Undelivered } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { accountWords } from '../ui/words.ts';

/** Which of them; what is left out is not asked for. */
export interface Which {
  account?: string;
  why?: Undelivered['why'];
  class?: Undelivered['class'];
}

export type AccountNames = ReadonlyMap<string, string>;

const WHYS = ['blocked', 'unknown', 'gave_up', 'reported', 'channel_off', 'refused'] as const;
const CLASSES = ['reply', 'notice'] as const;

interface Props {
  which: Which;
  onChange(next: Which): void;
  /** Accounts that something failed on, with their names. */
  accounts: AccountNames;
}

/** By channel account, reason and kind: after an outage one looks for one's own. */
export function Filters({ which, onChange, accounts }: Props) {
  const t = useT();
  const { account, why, class: kind } = which;
  return (
    <div className="undelivered-filters">
      <Select
        allowClear
        placeholder={t('undelivered.allAccounts')}
        aria-label={t('undelivered.account')}
        value={account ?? null}
        options={[...accounts].map(([id, name]) => ({ value: id, label: accountWords(id, name, t) }))}
        onChange={(next) => onChange(next ? { ...which, account: next } : without(which, 'account'))}
        popupMatchSelectWidth={false}
        data-testid="undelivered-account"
      />
      <Select
        allowClear
        placeholder={t('undelivered.allReasons')}
        aria-label={t('undelivered.reason')}
        value={why ?? null}
        options={WHYS.map((each) => ({ value: each, label: t(`undelivered.why.${each}`) }))}
        onChange={(next) => onChange(next ? { ...which, why: next } : without(which, 'why'))}
        popupMatchSelectWidth={false}
        data-testid="undelivered-reason"
      />
      <Select
        allowClear
        placeholder={t('undelivered.allClasses')}
        aria-label={t('undelivered.class')}
        value={kind ?? null}
        options={CLASSES.map((each) => ({ value: each, label: t(`undelivered.class.${each}`) }))}
        onChange={(next) => onChange(next ? { ...which, class: next } : without(which, 'class'))}
        popupMatchSelectWidth={false}
        data-testid="undelivered-class"
      />
    </div>
  );
}

function without(which: Which, key: keyof Which): Which {
  const { [key]: _, ...rest } = which;
  return rest;
}
