import { Tag } from 'antd';
import type { Leave } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { Acts } from './acts.tsx';
import { Certificates } from './certificates.tsx';

/** Requests, each with the facts that a decision needs: who is missing, what the rules say, who would be left. */
export function LeaveList({ leaves, onChanged }: { leaves: readonly Leave[]; onChanged(): void }) {
  return (
    <ul className="approvals">
      {leaves.map((leave) => (
        <li key={leave.id} className="approval" data-testid="leave">
          <Heading leave={leave} />
          <dl className="approval-facts">
            {leave.facts.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <Certificates {...{ leave, onChanged }} />
          <Acts {...{ leave, onChanged }} />
        </li>
      ))}
    </ul>
  );
}

function Heading({ leave: { person, number, leave, standing, overdue, certificate } }: { leave: Leave }) {
  const t = useT();
  return (
    <header className="approval-head">
      <h2>
        {person} <small className="num">{number}</small>
      </h2>
      <span>{leave}</span>
      <span className="approval-standing" data-testid="leave-standing">
        {standing}
      </span>
      {overdue && <Tag color="error">{t('approvals.overdue')}</Tag>}
      {certificate && (
        <Tag color={certificate === 'accepted' ? 'success' : certificate === 'missing' ? 'error' : 'warning'}>
          {t(`approvals.certificate_${certificate}`)}
        </Tag>
      )}
    </header>
  );
}
