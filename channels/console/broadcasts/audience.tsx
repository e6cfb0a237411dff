import { Button, Tag, Upload } from 'antd';
import { call } from '../api/call.ts';
import type { Broadcast } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import type { DetailProps } from './drawer.tsx';
import { useWrite } from './use-broadcast.ts';

type Found = NonNullable<Broadcast['audience']>;

/** 名单: uploading it, and what was found in it. */
export function Audience({ broadcast, onChanged, onStale, editable }: DetailProps & { editable: boolean }) {
  const t = useT();
  const { busy, write } = useWrite(onChanged, onStale);
  const { id, audience } = broadcast;
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
    <section>
      <h2>{t('broadcasts.recipients')}</h2>
      {audience && <Preview found={audience} />}
      {editable && (
        <>
          <Upload accept=".csv,.txt,text/csv" showUploadList={false} beforeUpload={choose}>
            <Button loading={busy}>{t(audience ? 'broadcasts.uploadAgain' : 'broadcasts.upload')}</Button>
          </Upload>
          <p className="faint">{t('broadcasts.uploadHint')}</p>
        </>
      )}
    </section>
  );
}

function Preview({ found }: { found: Found }) {
  const t = useT();
  const { lines, usable, problems } = found;
  const counts = [
    ['invalid', found.invalid],
    ['duplicate', found.duplicate],
    ['opted_out', found.optedOut],
    ['refused', found.refused],
  ] as const;
  return (
    <>
      <p data-testid="audience-found">
        {t('broadcasts.found', { lines, usable })}{' '}
        {counts.map(([kind, n]) => n > 0 && <Tag key={kind}>{t(`broadcasts.${kind}`, { n })}</Tag>)}
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
