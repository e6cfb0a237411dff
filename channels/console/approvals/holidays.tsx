import { Button, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { type Answer, call } from '../api/call.ts';
import { useResource } from '../api/use-resource.ts';
import { useSession } from '../app/session.tsx';
import { named, useLanguage } from '../i18n/index.tsx';
import { Notice } from '../ui/notice.tsx';
import { Failed, Loading } from '../ui/states.tsx';
import { useWrite } from './use-write.ts';

type Periods = Answer<'GET /api/v1/holidays'>['periods'];

/** The public holidays 节假日 in force, and the import of a year. */
export function Holidays() {
  const { t } = useLanguage();
  const { can } = useSession();
  const [importing, setImporting] = useState(false);
  const { data, error, reload } = useResource('holidays', (signal) =>
    call('GET /api/v1/holidays', {}, { signal }),
  );
  if (!data) return error ? <Failed error={error} retry={reload} /> : <Loading />;
  const { coveredFrom: from, coveredThrough: through, periods } = data;
  return (
    <>
      <p className="approval-slip">
        {t('approvals.covered', { from, through })}
        {can('holiday.import') && (
          <Button onClick={() => setImporting(true)} data-testid="holiday-import">
            {t('approvals.import')}
          </Button>
        )}
      </p>
      <PeriodTable periods={periods} />
      {importing && (
        <ImportDialog
          year={Number(through.slice(0, 4)) + 1}
          onClose={() => {
            setImporting(false);
            reload();
          }}
        />
      )}
    </>
  );
}

function PeriodTable({ periods }: { periods: Periods }) {
  const { t, locale } = useLanguage();
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('approvals.holiday')}</th>
          <th scope="col">{t('approvals.days')}</th>
          <th scope="col">{t('approvals.makeUp')}</th>
        </tr>
      </thead>
      <tbody>
        {periods.map(({ name, from, to, makeUpWorkdays }) => (
          <tr key={from}>
            <td>{name[locale]}</td>
            <td className="num">
              {from} – {to}
            </td>
            <td className="num">{makeUpWorkdays.join(' ') || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ImportDialog({ year: first, onClose }: { year: number; onClose(): void }) {
  const { t } = useLanguage();
  const [year, setYear] = useState(first);
  const [text, setText] = useState('');
  const [found, setFound] = useState<Answer<'POST /api/v1/holidays/import'>>();
  const { busy, write } = useWrite(() => {});
  const send = (save: boolean) =>
    write(async (clientId) => {
      const body = { year, text, save };
      const answer = await call('POST /api/v1/holidays/import', { body }, { clientId });
      setFound(answer);
      if (answer.saved) onClose();
    });
  const ready = found?.joins && found.problems.length === 0;
  return (
    <Modal
      open
      width={720}
      title={t('approvals.import')}
      okText={t(ready ? 'approvals.save' : 'approvals.preview')}
      okButtonProps={{ loading: busy, disabled: !text.trim() }}
      onOk={() => send(Boolean(ready))}
      onCancel={onClose}
    >
      <InputNumber
        min={2000}
        max={2100}
        value={year}
        aria-label={t('approvals.year')}
        onChange={(next) => {
          setYear(next ?? first);
          setFound(undefined);
        }}
      />
      <Input.TextArea
        rows={8}
        value={text}
        placeholder={t('approvals.paste')}
        aria-label={t('approvals.paste')}
        data-testid="holiday-text"
        onChange={({ target }) => {
          setText(target.value);
          setFound(undefined);
        }}
      />
      {found?.problems.map(({ line, code }) => (
        <Notice key={line} kind="warning">
          {t('approvals.problem', { line, why: named(t, 'holidayProblem', code) })}
        </Notice>
      ))}
      {found && !found.joins && <Notice kind="warning">{t('approvals.apart')}</Notice>}
      {found && found.periods.length > 0 && <PeriodTable periods={found.periods} />}
    </Modal>
  );
}
