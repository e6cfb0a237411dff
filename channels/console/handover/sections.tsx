import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { call } from '../api/call.ts';
import { useT } from '../i18n/index.tsx';
import { SECTIONS, type Section, type Shown } from './types.ts';
import { useWrite } from './use-write.ts';

const MOST = 1000;

/** The sections of the log 栏目; those who go write them while the handover is open. */
export function Sections({ handover, onChanged }: Shown) {
  const t = useT();
  const editable = handover.state === 'open' && (handover.mine.goes || handover.mine.leads);
  return (
    <section>
      <h3>{t('handover.sections')}</h3>
      <dl className="handover-sections">
        {SECTIONS.map((section) => (
          <div key={section} className={handover.sections[section] ? '' : 'handover-unwritten'}>
            <dt>{t(`section.${section}`)}</dt>
            <dd>
              {editable ? (
                <Editor section={section} handover={handover} onChanged={onChanged} />
              ) : (
                handover.sections[section] || <span className="faint">{t('handover.empty')}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Editor({ section, handover, onChanged }: Shown & { section: Section }) {
  const t = useT();
  const { message } = App.useApp();
  const { busy, write } = useWrite(onChanged);
  const stored = handover.sections[section] ?? '';
  // What is being written, and what stood there when it was begun: the page is read again meanwhile.
  const [draft, setDraft] = useState<{ text: string; was: string }>();
  const save = async () => {
    if (!draft) return;
    const body = { section, text: draft.text, was: draft.was };
    const saved = await write((options) =>
      call('PUT /api/v1/handovers/:id/sections', { params: { id: handover.id }, body }, options),
    );
    if (!saved) return;
    setDraft(undefined);
    message.success(t('handover.saved'));
  };
  return (
    <div className="handover-editor">
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 8 }}
        maxLength={MOST}
        aria-label={t(`section.${section}`)}
        value={draft?.text ?? stored}
        onChange={({ target }) => setDraft({ text: target.value, was: draft?.was ?? stored })}
        data-testid={`section-${section}`}
      />
      {draft && (
        <Button size="small" type="primary" loading={busy} onClick={save} data-testid={`save-${section}`}>
          {t('handover.save')}
        </Button>
      )}
    </div>
  );
}
