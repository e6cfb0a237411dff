import { CopyOutlined } from '@ant-design/icons';
import { App, Button, Input, type InputRef, Modal, Popconfirm } from 'antd';
import { useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { useLanguage } from '../i18n/index.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { momentOf, wordsFor } from '../ui/words.ts';

/** 日历订阅: the secret address at which a calendar program finds one's shifts. */
export function CalendarDialog({ onClose }: { onClose(): void }) {
  const { t } = useLanguage();
  const { data, error, reload, set } = useResource('roster calendar', (signal) =>
    call('GET /api/v1/roster/calendar', {}, { signal }),
  );
  return (
    <Modal open width={560} title={t('roster.calendar')} footer={null} onCancel={onClose}>
      <div className="roster-calendar" data-testid="calendar-dialog">
        <p className="dialog-why">{t('roster.calendarWhat')}</p>
        {!data && (error ? <Failed error={error} retry={reload} /> : <Loading />)}
        {data && <Address since={data.since} onMade={reload} onClosed={() => set({ since: null })} />}
      </div>
    </Modal>
  );
}

interface AddressProps {
  since: number | null;
  onMade(): void;
  onClosed(): void;
}

function Address({ since, onMade, onClosed }: AddressProps) {
  const { t, locale } = useLanguage();
  const { message } = App.useApp();
  const [address, setAddress] = useState<string>();
  const [busy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    await work().catch((error) => message.error(wordsFor(error, t)));
    setBusy(false);
  };
  const make = () =>
    run(async () => {
      const { path } = await call('POST /api/v1/roster/calendar', {});
      setAddress(new URL(path, location.origin).href);
      onMade();
    });
  const end = () =>
    run(async () => {
      await call('DELETE /api/v1/roster/calendar', {});
      setAddress(undefined);
      onClosed();
    });
  return (
    <>
      {address && <Shown address={address} />}
      {!address && since !== null && (
        <p data-testid="calendar-since">{t('roster.calendarSince', { at: momentOf(since, locale) })}</p>
      )}
      <div className="shift-acts">
        {since !== null && (
          <>
            <Popconfirm
              title={t('roster.calendarEndSure')}
              okText={t('roster.calendarEnd')}
              cancelText={t('app.cancel')}
              onConfirm={end}
            >
              <Button danger loading={busy} data-testid="calendar-end">
                {t('roster.calendarEnd')}
              </Button>
            </Popconfirm>
            <Popconfirm
              title={t('roster.calendarRenewSure')}
              okText={t('roster.calendarRenew')}
              cancelText={t('app.cancel')}
              onConfirm={make}
            >
              <Button loading={busy} data-testid="calendar-renew">
                {t('roster.calendarRenew')}
              </Button>
            </Popconfirm>
          </>
        )}
        {since === null && (
          <Button type="primary" loading={busy} onClick={make} data-testid="calendar-make">
            {t('roster.calendarMake')}
          </Button>
        )}
      </div>
    </>
  );
}

function Shown({ address }: { address: string }) {
  const { t } = useLanguage();
  const { message } = App.useApp();
  const input = useRef<InputRef>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      message.success(t('roster.copied'));
    } catch {
      // By plain http there is no clipboard: what is selected can be copied by hand.
      input.current?.focus({ cursor: 'all' });
      message.info(t('roster.selected'));
    }
  };
  return (
    <>
      <div className="roster-address">
        <Input
          ref={input}
          readOnly
          value={address}
          aria-label={t('roster.calendarAddress')}
          data-testid="calendar-address"
        />
        <Button icon={<CopyOutlined />} onClick={copy} data-testid="calendar-copy">
          {t('roster.copy')}
        </Button>
      </div>
      <p className="roster-hint">{t('roster.calendarOnce')}</p>
    </>
  );
}
