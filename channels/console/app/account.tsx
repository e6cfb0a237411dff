import { LogoutOutlined } from '@ant-design/icons';
import { App, Dropdown } from 'antd';
import { useT } from '../i18n/index.tsx';
import { wordsFor } from '../ui/words.ts';
import { useSession } from './session.tsx';
import './account.css';

/** Who is signed in, and signing out. */
export function Account() {
  const { person, signOut } = useSession();
  const { message } = App.useApp();
  const t = useT();
  const leave = () => signOut().catch((error) => message.error(wordsFor(error, t)));
  const items = [
    { key: 'out', icon: <LogoutOutlined />, label: <span data-testid="sign-out">{t('shell.signOut')}</span> },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: leave }}>
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
  );
}
