import { FileOutlined } from '@ant-design/icons';
import type { Message } from '../api/types.ts';
import { useT } from '../i18n/index.tsx';
import './files.css';

type StoredFile = Message['files'][number];

/** Files of a message or a ticket: pictures small, the rest by name; each opens whole. */
export function Files({ files }: { files: readonly StoredFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="files" data-testid="files">
      {files.map((file) => (
        <li key={file.id} data-state={file.state}>
          <OneFile file={file} />
        </li>
      ))}
    </ul>
  );
}

function OneFile({ file: { id, name, type, size, state } }: { file: StoredFile }) {
  const t = useT();
  if (state !== 'stored')
    return (
      <span className="file-name" role="status">
        <FileOutlined /> {name} · {t(state === 'pending' ? 'files.pending' : 'files.failed')}
      </span>
    );
  const address = `/api/v1/files/${id}`;
  const label = t('files.save', { name, size: sizeOf(size) });
  return type.startsWith('image/') ? (
    <a href={address} download={name} title={label}>
      <img src={address} alt={name} loading="lazy" className="file-picture" />
    </a>
  ) : (
    <a href={address} download={name} className="file-name" title={label}>
      <FileOutlined /> {name} <span className="num">{sizeOf(size)}</span>
    </a>
  );
}

/** `820 KB`, `1.4 MB`. */
export function sizeOf(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1000
    ? `${Math.max(1, Math.round(kilobytes))} KB`
    : `${(kilobytes / 1024).toFixed(1)} MB`;
}
