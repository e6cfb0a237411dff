import { App, ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US.js';
import zhCN from 'antd/es/locale/zh_CN.js';
import { lazy, type ReactNode, Suspense } from 'react';
import { LanguageProvider, useLanguage } from '../i18n/index.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { themeIn } from '../ui/theme.ts';
import { type Gate, SessionProvider } from './session.tsx';
import { SignIn } from './sign-in.tsx';

const Shell = lazy(() => import('./shell.tsx'));
const StaffPage = lazy(() => import('../staff/page.tsx'));

/** `/staff` serves this application too, and shows the staff chat alone. */
const staffOnly = location.pathname.startsWith('/staff');

export function Root() {
  return (
    <LanguageProvider>
      <Dressed>
        <SessionProvider>{(gate) => <Gated gate={gate} />}</SessionProvider>
      </Dressed>
    </LanguageProvider>
  );
}

type AntLocale = NonNullable<Parameters<typeof ConfigProvider>[0]['locale']>;

function Dressed({ children }: { children: ReactNode }) {
  const { locale } = useLanguage();
  // The package's types describe its CommonJS build; the bundler takes the module's default itself.
  const words = (locale === 'en' ? enUS : zhCN) as unknown as AntLocale;
  return (
    <ConfigProvider locale={words} theme={themeIn(locale)} button={{ autoInsertSpace: false }}>
      <App message={{ maxCount: 3 }}>{children}</App>
    </ConfigProvider>
  );
}

function Gated({ gate }: { gate: Gate }) {
  if (gate.state === 'asking') return <Loading />;
  if (gate.state === 'failed') return <Failed error={gate.error} retry={gate.retry} />;
  if (gate.state === 'out') return <SignIn expired={gate.expired} enter={gate.enter} />;
  return <Suspense fallback={<Loading />}>{staffOnly ? <StaffPage /> : <Shell />}</Suspense>;
}
