import { Button, Segmented, Upload } from 'antd';
import { useState } from 'react';
import { call } from '../api/call.ts';
import type { Broadcast } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import { Counts, type Found } from './counts.tsx';
import { FilterChoice } from './filter.tsx';
import { FilterPreview, filterWords } from './filter-preview.tsx';
import type { DetailProps } from './props.ts';
import { useWrite } from './use-broadcast.ts';

/** 接收人: a list or a filter, and what was found by it. */
export function Audience(props: DetailProps & { editable: boolean }) {
  const t = useT();
  const { broadcast, editable } = props;
  const { audience, filter } = broadcast;
  const [by, setBy] = useState<'list' | 'filter'>(filter ? 'filter' : 'list');
  const options = [
    { value: 'list' as const, label: t('broadcasts.byList') },
    { value: 'filter' as const, label: t('broadcasts.byFilter') },
  ];
  return (
    <section>
      <h2>{t('broadcasts.recipients')}</h2>
      {filter ? (
        <Filtered broadcast={broadcast} filter={filter} live={broadcast.state === 'submitted'} />
      ) : (
        audience && <Preview found={audience} />
      )}
      {editable && (
        <>
          <Segmented options={options} value={by} onChange={setBy} className="audience-by" />
          {by === 'list' ? <List {...props} /> : <FilterChoice {...props} />}
        </>
      )}
    </section>
  );
}

interface FilteredProps {
  broadcast: Broadcast;
  filter: NonNullable<Broadcast['filter']>;
  /** Who approves sees whom it finds now, not only whom it found when it was submitted. */
  live: boolean;
}

function Filtered({ broadcast, filter, live }: FilteredProps) {
  const t = useT();
  const { account, audience } = broadcast;
  return (
    <>
      <p data-testid="audience-filter">
        <strong>{filter.name}</strong> <span className="faint">{filterWords(filter.criteria, t)}</span>
      </p>
      {live && <FilterPreview account={account} criteria={filter.criteria} />}
      {live && <p className="faint">{t('broadcasts.filterFixed')}</p>}
      {!live && audience && (
        <p data-testid="audience-found">
          {t('broadcasts.filterFound', { lines: audience.lines, usable: audience.usable })}{' '}
          <Counts found={audience} />
        </p>
      )}
    </>
  );
}

function List({ broadcast, onChanged, onStale }: DetailProps) {
  const t = useT();
  const { busy, write } = useWrite(onChanged, onStale);
  const { id, audience, filter } = broadcast;
  // Browsers name a CSV in several ways, or not at all.
  const send = (file: Blob) =>
    write(async () => {
      const body = new Blob([file], { type: 'text/csv' });
      return (await call('PUT /api/v1/broadcasts/:id/audience', { params: { id }, body })) as Broadcast;
    });
  const choose = (file: Blob) => {
    send(file);
    return false;
  };
  return (
    <>
      <Upload accept=".csv,.txt,text/csv" showUploadList={false} beforeUpload={choose}>
        <Button loading={busy}>
          {t(audience && !filter ? 'broadcasts.uploadAgain' : 'broadcasts.upload')}
        </Button>
      </Upload>
      <p className="faint">{t('broadcasts.uploadHint')}</p>
    </>
  );
}

function Preview({ found }: { found: Found }) {
  const t = useT();
  const { lines, usable, problems } = found;
  return (
    <>
      <p data-testid="audience-found">
        {t('broadcasts.found', { lines, usable })} <Counts found={found} />
      </p>
      {problems.length > 0 && (
        <ul className="audience-problems">
          {problems.map(({ line, value, problem }) => (
            <li key={line}>
              <span className="faint num">{t('broadcasts.line', { line })}</span>
              <span className="num">{value}</span>
              <span>{t(`broadcasts.problem.${problem}`)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
