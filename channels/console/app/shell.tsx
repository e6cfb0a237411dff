import { MessageOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/index.tsx';
import { Boundary } from '../ui/boundary.tsx';
import { Loading, Nothing } from '../ui/states.tsx';
import { Account } from './account.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { PlaceLink } from './place-link.tsx';
import { PresenceProvider, PresenceSwitch } from './presence.tsx';
import { go, type Page, usePlace } from './router.ts';
import { useSession } from './session.tsx';
import './shell.css';

const pages: Record<Page, ReturnType<typeof lazy>> = {
  desk: lazy(() => import('../desk/page.tsx')),
  tickets: lazy(() => import('../tickets/page.tsx')),
  knowledge: lazy(() => import('../knowledge/page.tsx')),
  notices: lazy(() => import('../notices/page.tsx')),
  broadcasts: lazy(() => import('../broadcasts/page.tsx')),
  undelivered: lazy(() => import('../undelivered/page.tsx')),
  approvals: lazy(() => import('../approvals/page.tsx')),
  handover: lazy(() => import('../handover/page.tsx')),
  roster: lazy(() => import('../roster/page.tsx')),
};
const StaffDrawer = lazy(() => import('../staff/drawer.tsx'));

/** Each page with the right that it takes to use it; the first that one has is where one begins. */
const RIGHTS: Record<Page, string> = {
  desk: 'desk.read',
  tickets: 'ticket.read',
  knowledge: 'entry.read',
  notices: 'notice.read',
  broadcasts: 'broadcast.read',
  undelivered: 'delivery.read',
  approvals: 'leave.request',
  handover: 'handover.read',
  roster: 'roster.read',
};

export default function Shell() {
  const { can } = useSession();
  const place = usePlace();
  const [chatting, setChatting] = useState(false);
  const own = (Object.keys(RIGHTS) as Page[]).filter((page) => can(RIGHTS[page]));
  const page = place.page ?? (place.known ? own[0] : undefined);
  const toggle = () => setChatting((open) => !open);
  return (
    <PresenceProvider>
      <div className="shell">
        <Header own={own} page={page} onChat={can('staffchat.open') ? toggle : undefined} />
        <main id="main" className="shell-main" tabIndex={-1}>
          <Boundary key={page}>
            <Suspense fallback={<Loading />}>
              <Content page={page} own={own} />
            </Suspense>
          </Boundary>
        </main>
        {chatting && (
          <Suspense>
            <StaffDrawer onClose={() => setChatting(false)} />
          </Suspense>
        )}
      </div>
    </PresenceProvider>
  );
}

function Content({ page, own }: { page: Page | undefined; own: Page[] }) {
  const t = useT();
  const [first] = own;
  if (page && own.includes(page)) {
    const Shown = pages[page];
    return <Shown />;
  }
  return (
    <Nothing words={page ? t('app.notAllowed') : t('app.notHere')}>
      {first && (
        <Button type="primary" onClick={() => go(first)}>
          {t('app.home')}
        </Button>
      )}
    </Nothing>
  );
}

interface HeaderProps {
  own: Page[];
  page: Page | undefined;
  onChat: (() => void) | undefined;
}

function Header({ own, page, onChat }: HeaderProps) {
  const t = useT();
  const nav = useRef<HTMLElement>(null);
  // On a telephone not all pages have room: the one that is shown must.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another current link
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [page]);
  return (
    <header className="shell-head">
      <a className="skip" href="#main">
        {t('app.skip')}
      </a>
      <span className="brand">
        <span className="mark" aria-hidden="true" />
        {t('app.brand')}
      </span>
      <nav ref={nav} aria-label={t('shell.nav')}>
        {own.map((each) => (
          <PlaceLink key={each} page={each} current={each === page} testId={`nav-${each}`}>
            {t(`shell.${each}`)}
          </PlaceLink>
        ))}
      </nav>
      <div className="shell-right">
        <PresenceSwitch />
        {onChat && (
          <Button type="text" icon={<MessageOutlined />} onClick={onChat} data-testid="staff-open">
            <span className="shell-words">{t('shell.staff')}</span>
          </Button>
        )}
        <LanguageSwitch />
        <Account />
      </div>
    </header>
  );
}
