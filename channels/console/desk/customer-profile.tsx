import { App, AutoComplete, Select } from 'antd';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { useSession } from '../app/session.tsx';
import { named, useLanguage } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';

interface Props {
  conversationId: string;
  /** Joining and parting change whose conversation it is. */
  customerId: string | null;
}

/** 客户等级 and 地区: saved as they are chosen, and saved filters of broadcasts ask for them. */
export function CustomerProfile({ conversationId: id, customerId }: Props) {
  const { t } = useLanguage();
  const { can } = useSession();
  const { message } = App.useApp();
  const [typed, setTyped] = useState<string>();
  const profile = useResource(`customer ${id} ${customerId}`, (signal) =>
    call('GET /api/v1/conversations/:id/customer', { params: { id } }, { signal }),
  );
  const known = profile.data;
  if (profile.error) return <p role="alert">{wordsFor(profile.error, t)}</p>;
  if (!known) return null;
  const save = async (change: { tier?: string; region?: string | null }) => {
    const body = { tier: known.tier, region: known.region, ...change };
    setTyped(undefined);
    if (body.tier === known.tier && body.region === known.region) return;
    try {
      const saved = await call('PUT /api/v1/conversations/:id/customer', { params: { id }, body });
      profile.set({ ...known, ...saved });
      message.success(t('context.saved'));
    } catch (error) {
      message.error(wordsFor(error, t));
    }
  };
  const disabled = !can('desk.note');
  const regions = known.regions.filter((region) => region.includes(typed ?? ''));
  return (
    <div className="context-profile" data-testid="profile">
      <label htmlFor="profile-tier">{t('context.tier')}</label>
      <Select
        {...{ id: 'profile-tier', size: 'small', disabled, value: known.tier }}
        options={known.tiers.map((tier) => ({ value: tier, label: named(t, 'tier', tier) }))}
        onChange={(tier: string) => save({ tier })}
      />
      <label htmlFor="profile-region">{t('context.region')}</label>
      <AutoComplete
        {...{ id: 'profile-region', size: 'small', disabled, value: typed ?? known.region ?? '' }}
        placeholder={t('context.regionHint')}
        maxLength={40}
        options={regions.map((region) => ({ value: region }))}
        onChange={setTyped}
        onSelect={(region: string) => save({ region })}
        onBlur={() => typed !== undefined && save({ region: typed.trim() || null })}
      />
    </div>
  );
}
