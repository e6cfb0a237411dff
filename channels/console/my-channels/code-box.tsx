import { CopyOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useRef, useState } from 'react';
import { useClock } from '../api/clock.ts';
import type { MyChannels } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { accountWords, ticking, wordsFor } from '../ui/words.ts';
import { type CodeState, inHalves, type LinkCode } from './code-state.ts';

interface Props {
  open: MyChannels['open'];
  code: LinkCode | undefined;
  state: CodeState;
  onMake(): Promise<void>;
}

/** The accounts that can be linked, and the code to send to one of them. */
export function CodeBox({ open, code, state, onMake }: Props) {
  const t = useT();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    await onMake().catch((error) => message.error(wordsFor(error, t)));
    setBusy(false);
  };
  return (
    <>
      <ul className="my-channels-open" data-testid="my-channels-linkable">
        {open.map(({ id, name }) => (
          <li key={id}>{accountWords(id, name, t)}</li>
        ))}
      </ul>
      {state === 'waiting' && code && <Code {...code} />}
      {state === 'expired' && (
        <p className="my-channels-expired" role="status">
          {t('mine.expired')}
        </p>
      )}
      {state !== 'waiting' && (
        <Button type="primary" onClick={make} loading={busy} data-testid="my-channel-code-make">
          {t(state === 'none' ? 'mine.make' : 'mine.again')}
        </Button>
      )}
    </>
  );
}

function Code({ code, expiresAt }: LinkCode) {
  const t = useT();
  const { message } = App.useApp();
  const shown = useRef<HTMLElement>(null);
  const left = useClock((now) => ticking(expiresAt - now));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      message.success(t('mine.copied'));
    } catch {
      // By plain http there is no clipboard: what is selected can be copied by hand.
      if (shown.current) getSelection()?.selectAllChildren(shown.current);
      message.info(t('mine.selected'));
    }
  };
  return (
    <div className="my-channels-code">
      <div>
        <strong ref={shown} className="num" data-testid="my-channel-code">
          {inHalves(code)}
        </strong>
        <Button icon={<CopyOutlined />} onClick={copy} data-testid="my-channel-copy">
          {t('mine.copy')}
        </Button>
      </div>
      <p className="num" role="timer">
        {t('mine.left', { time: left })}
      </p>
      <ol>
        <li>{t('mine.step1')}</li>
        <li>{t('mine.step2')}</li>
        <li>{t('mine.step3')}</li>
      </ol>
      <p className="my-channels-secret">{t('mine.secret')}</p>
    </div>
  );
}
