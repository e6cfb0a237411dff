import { Alert, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { call } from '../api/call.ts';
import { syncClock, useClock } from '../api/clock.ts';
import type { MyChannels } from '../api/types.ts';
import { useResource } from '../api/use-resource.ts';
import { useT } from '../i18n/index.tsx';
import { Failed, Loading, Nothing } from '../ui/states.tsx';
import { accountWords, wordsFor } from '../ui/words.ts';
import { CodeBox } from './code-box.tsx';
import { arrived, codeState, type LinkCode } from './code-state.ts';
import { LinkedList } from './linked-list.tsx';
import './my-channels.css';

/** A link is made on another device; while a code waits for it we look whether it came. */
const LOOK_MS = 2500;

/** 我的渠道: where the staff assistant knows me, and a code for the next. */
export default function MyChannelsDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const mine = useResource('my channels', (signal) => call('GET /api/v1/my/channels', {}, { signal }));
  const { data, error, reload } = mine;
  return (
    <Modal open title={t('shell.channels')} footer={null} onCancel={onClose} width={520}>
      <div className="my-channels" data-testid="my-channels">
        <p className="dialog-why">{t('mine.what')}</p>
        {!data && (error ? <Failed error={error} retry={reload} /> : <Loading />)}
        {data && error && <Alert type="warning" showIcon title={wordsFor(error, t)} />}
        {data && <Content mine={data} reload={reload} />}
      </div>
    </Modal>
  );
}

function Content({ mine, reload }: { mine: MyChannels; reload(): void }) {
  const t = useT();
  const { linked, open } = mine;
  const [code, setCode] = useState<LinkCode>();
  const state = useClock((now) => codeState(code, linked, now));
  useEffect(() => {
    if (state !== 'waiting') return;
    const timer = setInterval(reload, LOOK_MS);
    return () => clearInterval(timer);
  }, [state, reload]);
  const make = async () => {
    const { now, ...made } = await call('POST /api/v1/my/channels/code', {});
    syncClock(now);
    setCode({ ...made, before: linked.map(({ id }) => id) });
  };
  const came = code && arrived(code, linked);
  if (linked.length + open.length === 0) return <Nothing words={t('mine.none')} />;
  return (
    <>
      <div aria-live="polite">
        {came && (
          <Alert
            type="success"
            showIcon
            title={t('mine.came', { name: accountWords(came.account, came.name, t) })}
            data-testid="my-channel-came"
          />
        )}
      </div>
      <LinkedList linked={linked} onChanged={reload} />
      <section>
        <h3>{t('mine.open')}</h3>
        {open.length === 0 ? (
          <p className="faint">{t('mine.allLinked')}</p>
        ) : (
          <CodeBox open={open} code={code} state={state} onMake={make} />
        )}
      </section>
    </>
  );
}
