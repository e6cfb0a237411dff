import { CloseOutlined, PaperClipOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef } from 'react';
import { FILE_TYPES } from '../api/upload.ts';
import { useT } from '../i18n/index.tsx';
import type { Attachment } from './use-attachments.ts';

interface Props {
  list: readonly Attachment[];
  onRemove(key: number): void;
}

/** The files that go with what is being written, with how far each is. */
export function Attaching({ list, onRemove }: Props) {
  const t = useT();
  if (list.length === 0) return null;
  return (
    <ul className="attaching" aria-label={t('files.attaching')} data-testid="attaching">
      {list.map(({ key, name, state, share, why }) => (
        <li key={key} data-state={state}>
          <span>{name}</span>
          {state === 'sending' && <progress value={share} aria-label={t('files.sending', { name })} />}
          {why && <span role="alert">{why}</span>}
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('files.remove', { name })}
            onClick={() => onRemove(key)}
          />
        </li>
      ))}
    </ul>
  );
}

/** The button that chooses files. */
export function Attach({ onChosen }: { onChosen(files: Iterable<File>): void }) {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={FILE_TYPES.join()}
        onChange={({ target }) => {
          onChosen(target.files ?? []);
          target.value = '';
        }}
        data-testid="attach-input"
      />
      <Button
        icon={<PaperClipOutlined />}
        aria-label={t('files.attach')}
        title={t('files.attach')}
        onClick={() => input.current?.click()}
        data-testid="attach"
      />
    </>
  );
}
