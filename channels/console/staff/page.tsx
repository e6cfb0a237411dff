import { useEffect } from 'react';
import { Account } from '../app/account.tsx';
import { LanguageSwitch } from '../app/language-switch.tsx';
import { useT } from '../i18n/index.tsx';
import { StaffPanel } from './panel.tsx';

/** /staff: the staff chat alone, for a phone or a second screen. */
export default function StaffPage() {
  const t = useT();
  useEffect(() => {
    document.title = t('staff.page');
  }, [t]);
  return (
    <div className="staff-page">
      <header className="staff-head">
        <span className="mark" aria-hidden="true" />
        <h1>{t('staff.title')}</h1>
        <div className="staff-head-right">
          <LanguageSwitch />
          <Account />
        </div>
      </header>
      <main className="staff-main">
        <StaffPanel />
      </main>
    </div>
  );
}
