import { PrinterOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { call } from '../api/call.ts';
import { useLanguage } from '../i18n/index.tsx';
import { Notice } from '../ui/notice.tsx';
import { momentOf } from '../ui/words.ts';
import { Decisions } from './decisions.tsx';
import { Facts } from './facts.tsx';
import { Items } from './items.tsx';
import { Questions } from './questions.tsx';
import { Sections } from './sections.tsx';
import { type HandoverItem, isOver, type Shown, shiftWords } from './types.ts';
import { useWrite } from './use-write.ts';

interface Props extends Shown {
  items: readonly HandoverItem[];
  /** The team's list is kept here: problems are added and closed. */
  editable?: boolean;
}

/** One handover, whole; what the reader may do stands where it belongs. */
export function Detail({ handover, items, editable = false, onChanged }: Props) {
  const { t, locale } = useLanguage();
  const { team, changeAt, fromShift, toShift, state, completedBy, completedAt, closedAt, seal } = handover;
  return (
    <article className="handover" data-testid="handover">
      <header>
        <h2>
          {team} {momentOf(changeAt, locale)}
        </h2>
        <span>{shiftWords(fromShift, toShift, t)}</span>
        <span className={`handover-state handover-state-${state}`} data-testid="handover-state">
          {t(`handoverState.${state}`)}
        </span>
        <Button className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>
          {t('handover.print')}
        </Button>
      </header>
      {completedAt !== null && (
        <p className="faint">
          {t('handover.completedBy', { name: completedBy ?? '', at: momentOf(completedAt, locale) })}{' '}
          {closedAt !== null && t('handover.closedAt', { at: momentOf(closedAt, locale) })}{' '}
          {closedAt !== null && <span data-testid="handover-seal">{t(`handover.seal.${seal}`)}</span>}
        </p>
      )}
      {!isOver(handover) && <Notice kind="info">{t('handover.stay')}</Notice>}
      <People handover={handover} onChanged={onChanged} />
      <Items handover={handover} items={items} editable={editable} onChanged={onChanged} />
      <Sections handover={handover} onChanged={onChanged} />
      <Facts handover={handover} />
      <Questions handover={handover} onChanged={onChanged} />
      <Decisions handover={handover} onChanged={onChanged} />
    </article>
  );
}

function People({ handover, onChanged }: Shown) {
  const { t, locale } = useLanguage();
  const { outgoing, comes, list, state } = handover;
  const words = ({ acceptedAt, decided }: (typeof comes)[number]) => {
    if (acceptedAt !== null) return t('handover.acceptedAt', { at: momentOf(acceptedAt, locale) });
    return t(decided ? 'handover.missing' : 'handover.waiting');
  };
  return (
    <section>
      <h3>
        {t('handover.outgoing')}：{outgoing.join('、') || t('handover.nobody')}
      </h3>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('handover.incoming')}</th>
            <th scope="col">{t('handover.readBack')}</th>
            <th scope="col">{t('handover.status')}</th>
          </tr>
        </thead>
        <tbody>
          {comes.map((each) => (
            <tr key={each.id} data-testid="handover-comes">
              <td>{each.name}</td>
              <td className="num">
                {state === 'open' ? '–' : t('handover.readBackOf', { n: each.readBack, all: list.length })}
              </td>
              <td>{words(each)}</td>
            </tr>
          ))}
          {comes.length === 0 && (
            <tr>
              <td colSpan={3}>{t('handover.nobody')}</td>
            </tr>
          )}
        </tbody>
      </table>
      <Acts handover={handover} onChanged={onChanged} />
    </section>
  );
}

function Acts({ handover, onChanged }: Shown) {
  const { t } = useLanguage();
  const { busy, write } = useWrite(onChanged);
  const { id, state, mine } = handover;
  const accept = () =>
    write((options) => call('POST /api/v1/handovers/:id/accept', { params: { id } }, options));
  if (state === 'open' && (mine.goes || mine.leads))
    return <Complete handover={handover} onChanged={onChanged} />;
  if (state !== 'completed' || !mine.comes || mine.accepted) return null;
  return (
    <p className="handover-acts no-print">
      <Button
        type="primary"
        disabled={mine.left.length > 0}
        loading={busy}
        onClick={accept}
        data-testid="handover-accept"
      >
        {t('handover.accept')}
      </Button>
      {mine.left.length > 0 && <span>{t('handover.leftToRead', { n: mine.left.length })}</span>}
    </p>
  );
}

/** 完成交接, once what must be written is; 其余无 writes the rest. */
function Complete({ handover, onChanged }: Shown) {
  const { t } = useLanguage();
  const { busy, write } = useWrite(onChanged);
  const { id, missing } = handover;
  const rest = missing.length > 0;
  const complete = () =>
    write((options) => {
      const body = rest ? { nothingElse: t('handover.nothing') } : {};
      return call('POST /api/v1/handovers/:id/complete', { params: { id }, body }, options);
    });
  return (
    <p className="handover-acts no-print">
      <Button type="primary" loading={busy} onClick={complete} data-testid="handover-complete">
        {t(rest ? 'handover.nothingElse' : 'handover.complete')}
      </Button>
      {rest && (
        <span data-testid="handover-unwritten">
          {t('handover.unwritten', { list: missing.map((each) => t(`section.${each}`)).join('、') })}
        </span>
      )}
    </p>
  );
}
