import { LinkOutlined, LogoutOutlined } from '@ant-design/icons';
import { App, Dropdown } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import { useSession } from './session.tsx';
import './account.css';

const MyChannels = lazy(() => import('../my-channels/dialog.tsx'));

/** Who is signed in, the channels that are theirs, and signing out. */
export function Account() {
  const { person, can, signOut } = useSession();
  const { message } = App.useApp();
  const t = useT();
  const [linking, setLinking] = useState(false);
  const leave = () => signOut().catch((error) => message.error(wordsFor(error, t)));
  const channels = {
    key: 'channels',
    icon: <LinkOutlined />,
    label: <span data-testid="my-channels-open">{t('shell.channels')}</span>,
  };
  const items = [
    ...(can('staffchat.open') ? [channels] : []),
    { key: 'out', icon: <LogoutOutlined />, label: <span data-testid="sign-out">{t('shell.signOut')}</span> },
  ];
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{ items, onClick: ({ key }) => (key === 'out' ? leave() : setLinking(true)) }}
      >
        <button type="button" className="account" data-testid="account">
          <span className="sr-only">{t('shell.account')}</span>
          <span className="avatar" aria-hidden="true">
            {[...person.name].at(-1)}
          </span>
          <span className="account-words">
            <strong>{person.name}</strong>
            <small>
              {t(`role.${person.role}`)} · {person.teamName ?? t('shell.noTeam')} · {person.number}
            </small>
          </span>
        </button>
      </Dropdown>
      {linking && (
        <Suspense>
          <MyChannels onClose={() => setLinking(false)} />
        </Suspense>
      )}
    </>
  );
}
