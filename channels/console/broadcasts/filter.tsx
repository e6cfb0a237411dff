import { App, Button, Form, Input, InputNumber, Popconfirm, Radio, Select, Space } from 'antd';
import { useState } from 'react';
import { call, newClientId } from '../api/call.ts';
import type { Criteria, SavedFilters } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { named, useT } from '../i18n/index.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { wordsFor } from '../ui/words.ts';
import { FilterPreview } from './filter-preview.tsx';
import type { DetailProps } from './props.ts';
import { useWrite } from './use-broadcast.ts';

const ANYBODY: Criteria = {
  ...{ tiers: [], regions: [], locales: [], contactedWithin: null, silentFor: null, openTicket: null },
};

/** 按条件筛选: a saved filter or a new one, whom it finds now, and taking it as audience. */
export function FilterChoice({ broadcast, onChanged, onStale }: DetailProps) {
  const t = useT();
  const { busy, write } = useWrite(onChanged, onStale);
  const known = useResource('broadcast filters', (signal) =>
    call('GET /api/v1/broadcast-filters', {}, { signal }),
  );
  const [chosen, setChosen] = useState(broadcast.filter?.id);
  const [asked, setAsked] = useState<Criteria>(broadcast.filter?.criteria ?? ANYBODY);
  const { data, error, reload } = known;
  if (!data) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  const { id, revision, account } = broadcast;
  const pick = (next: string | undefined) => {
    setChosen(next);
    setAsked(data.filters.find((filter) => filter.id === next)?.criteria ?? ANYBODY);
  };
  const take = (filterId: string) =>
    write((clientId) =>
      call(
        'PUT /api/v1/broadcasts/:id/filter',
        { params: { id }, body: { filterId, revision } },
        { clientId },
      ),
    );
  const kept = data.filters.find((filter) => filter.id === chosen);
  const saved = (filterId: string) => {
    setChosen(filterId);
    reload();
    return take(filterId);
  };
  return (
    <div className="filter" data-testid="filter">
      <Select
        allowClear
        value={kept?.id}
        placeholder={t('broadcasts.filterNew')}
        aria-label={t('broadcasts.filterSaved')}
        options={data.filters.map(({ id: value, name: label }) => ({ value, label }))}
        onChange={pick}
      />
      <Conditions known={data} asked={asked} onAsked={setAsked} />
      <FilterPreview account={account} criteria={asked} />
      <Saving
        key={kept?.id}
        kept={kept}
        asked={asked}
        busy={busy}
        onSaved={saved}
        onGone={() => pick(undefined)}
      />
    </div>
  );
}

interface ConditionsProps {
  known: SavedFilters;
  asked: Criteria;
  onAsked(next: Criteria): void;
}

function Conditions({ known, asked, onAsked }: ConditionsProps) {
  const t = useT();
  const many = (name: 'tiers' | 'regions' | 'locales', words: [string, string][]) => (
    <Form.Item label={t(`broadcasts.${name}`)} htmlFor={`filter-${name}`}>
      <Select
        mode="multiple"
        id={`filter-${name}`}
        value={asked[name]}
        placeholder={t('broadcasts.any')}
        options={words.map(([value, label]) => ({ value, label }))}
        onChange={(next: string[]) => onAsked({ ...asked, [name]: next })}
      />
    </Form.Item>
  );
  const days = (name: 'contactedWithin' | 'silentFor') => (
    <Form.Item label={t(`broadcasts.${name}`)} htmlFor={`filter-${name}`}>
      <InputNumber
        {...{ id: `filter-${name}`, min: 1, max: 3650, precision: 0, value: asked[name] }}
        placeholder={t('broadcasts.any')}
        suffix={t('broadcasts.days')}
        onChange={(next) => onAsked({ ...asked, [name]: next })}
      />
    </Form.Item>
  );
  const tickets = [
    [null, 'any'],
    [true, 'ticketOpen'],
    [false, 'ticketNone'],
  ] as const;
  return (
    <div className="filter-conditions">
      {many(
        'tiers',
        known.tiers.map((tier) => [tier, named(t, 'tier', tier)]),
      )}
      {many(
        'regions',
        known.regions.map((region) => [region, region]),
      )}
      {many(
        'locales',
        ['zh-CN', 'en'].map((locale) => [locale, named(t, 'language', locale)]),
      )}
      {days('contactedWithin')}
      {days('silentFor')}
      <Form.Item label={t('broadcasts.openTicket')}>
        <Radio.Group
          value={asked.openTicket}
          options={tickets.map(([value, word]) => ({ value, label: t(`broadcasts.${word}`) }))}
          onChange={({ target }) => onAsked({ ...asked, openTicket: target.value as boolean | null })}
        />
      </Form.Item>
    </div>
  );
}

interface SavingProps {
  kept: SavedFilters['filters'][number] | undefined;
  asked: Criteria;
  busy: boolean;
  /** Under this id it is saved as it is shown. */
  onSaved(id: string): Promise<void>;
  onGone(): void;
}

/** What is taken is always saved first, so that it is found by its name the next time. */
function Saving({ kept, asked, busy, onSaved, onGone }: SavingProps) {
  const t = useT();
  const { message } = App.useApp();
  const [name, setName] = useState('');
  const [saving, setSaving] = useState(false);
  const changed = kept !== undefined && JSON.stringify(kept.criteria) !== JSON.stringify(asked);
  const attempt = async (work: (clientId: string) => Promise<void>) => {
    setSaving(true);
    await work(newClientId()).catch((error) => message.error(wordsFor(error, t)));
    setSaving(false);
  };
  const take = () =>
    attempt(async (clientId) => {
      const body = { criteria: asked };
      if (!kept) {
        const made = await call(
          'POST /api/v1/broadcast-filters',
          { body: { name: name.trim(), ...body } },
          { clientId },
        );
        return onSaved(made.id);
      }
      if (changed)
        await call('PUT /api/v1/broadcast-filters/:id', { params: { id: kept.id }, body }, { clientId });
      return onSaved(kept.id);
    });
  const remove = () =>
    attempt(async (clientId) => {
      await call('DELETE /api/v1/broadcast-filters/:id', { params: { id: kept?.id ?? '' } }, { clientId });
      onGone();
    });
  return (
    <Space.Compact block>
      {!kept && (
        <Input
          maxLength={40}
          value={name}
          placeholder={t('broadcasts.filterName')}
          aria-label={t('broadcasts.filterName')}
          onChange={({ target }) => setName(target.value)}
        />
      )}
      <Button
        type="primary"
        loading={busy || saving}
        disabled={!kept && !name.trim()}
        onClick={take}
        data-testid="filter-take"
      >
        {t(kept && !changed ? 'broadcasts.filterTake' : 'broadcasts.filterSaveTake')}
      </Button>
      {kept && (
        <Popconfirm
          title={t('broadcasts.filterDeleteSure')}
          okText={t('broadcasts.filterDelete')}
          cancelText={t('broadcasts.keep')}
          onConfirm={remove}
        >
          <Button>{t('broadcasts.filterDelete')}</Button>
        </Popconfirm>
      )}
    </Space.Compact>
  );
}
