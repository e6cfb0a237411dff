import { FileOutlined } from '@ant-design/icons';
import type { SentFile } from './chat-state.ts';
import '../ui/files.css';

/** What the bot sent: pictures small, the rest by name. */
export function SentFiles({ files }: { files: readonly SentFile[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="files" data-testid="staff-files">
      {files.map(({ name, url, picture }) => (
        <li key={url}>
          <a href={url} download={name} className="file-name">
            {picture ? (
              <img src={url} alt={name} loading="lazy" className="file-picture" />
            ) : (
              <>
                <FileOutlined /> {name}
              </>
            )}
          </a>
        </li>
      ))}
    </ul>
  );
}
