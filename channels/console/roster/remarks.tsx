import { Alert } from 'antd';
import { useT } from '../i18n/index.tsx';
import type { Remark } from './types.ts';

interface Props {
  /** Over the problems; the roster's own unless given. */
  title?: string;
  problems: readonly (Remark & { line?: number })[];
  warnings: readonly (Remark & { line?: number })[];
}

/** What the server says of a change: what must be mended first, and what may be passed over. */
export function Remarks({ title, problems, warnings }: Props) {
  const t = useT();
  return (
    <div aria-live="polite" className="roster-remarks">
      {problems.length > 0 && (
        <Alert
          showIcon
          type="error"
          title={title ?? t('roster.problems')}
          description={<List remarks={problems} />}
          data-testid="roster-problems"
        />
      )}
      {warnings.length > 0 && (
        <Alert
          showIcon
          type="warning"
          title={t('roster.warnings')}
          description={<List remarks={warnings} />}
          data-testid="roster-warnings"
        />
      )}
    </div>
  );
}

function List({ remarks }: { remarks: Props['problems'] }) {
  const t = useT();
  const sorted = [...remarks].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  const said = sorted.map(({ line, text }) => (line ? t('roster.line', { line, text }) : text));
  return (
    <ul>
      {[...new Set(said)].map((words) => (
        <li key={words}>{words}</li>
      ))}
    </ul>
  );
}
