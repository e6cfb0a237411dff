import { Alert, Button, Form, Input, type InputRef } from 'antd';
import { useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { type ApiError, asApiError } from '../api/error.ts';
import type { Session } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { spanWords, wordsFor } from '../ui/words.ts';
import { LanguageSwitch } from './language-switch.tsx';

interface Fields {
  number: string;
  password: string;
}

export function SignIn({ expired, enter }: { expired: boolean; enter(session: Session): void }) {
  const t = useT();
  const [error, setError] = useState<ApiError>();
  const [busy, setBusy] = useState(false);
  const password = useRef<InputRef>(null);
  const submit = async (body: Fields) => {
    setBusy(true);
    setError(undefined);
    try {
      enter(await call('POST /api/v1/session', { body }));
    } catch (failure) {
      setError(asApiError(failure));
      password.current?.focus({ cursor: 'all' });
    } finally {
      setBusy(false);
    }
  };
  const wait = Number(error?.details.retryAfterSeconds);
  const told =
    error && (wait > 0 ? t('signIn.wait', { time: spanWords(wait * 1000, t) }) : wordsFor(error, t));
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="sign-in-head">
          <span className="mark" aria-hidden="true" />
          <div>
            <h1>{t('signIn.title')}</h1>
            <p>{expired ? t('signIn.again') : t('signIn.intro')}</p>
          </div>
        </div>
        {told && (
          <div role="alert" data-testid="sign-in-error">
            <Alert type="error" title={told} showIcon />
          </div>
        )}
        <Form<Fields> layout="vertical" requiredMark={false} onFinish={submit} size="large">
          <Form.Item
            name="number"
            label={t('signIn.number')}
            rules={[{ required: true, whitespace: true, message: t('signIn.needNumber') }]}
          >
            <Input autoFocus inputMode="numeric" autoComplete="username" data-testid="sign-in-number" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('signIn.password')}
            rules={[{ required: true, message: t('signIn.needPassword') }]}
          >
            <Input.Password
              ref={password}
              autoComplete="current-password"
              data-testid="sign-in-password"
              visibilityToggle={false}
            />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={busy} data-testid="sign-in-submit">
            {t('signIn.submit')}
          </Button>
        </Form>
        <div className="sign-in-foot">
          <LanguageSwitch />
        </div>
      </div>
    </main>
  );
}
