import { fill, type Texts } from './i18n/index.ts';
import type { Activity } from './wire.ts';

/** The server's limits, so that nobody waits for an upload that is refused: see directline/upload.ts. */
const maxBytes = 10 * 1024 * 1024;
export const fileTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'application/pdf'];

/** The message that carries a file; the server gives its address when it has it. */
export function fileMessage(file: File): Activity {
  const attachment = { contentType: file.type, name: file.name };
  return {
    type: 'message',
    text: '',
    attachments: [attachment],
    channelData: { attachmentSizes: [file.size] },
  };
}

/** Why a file may not be sent, in a sentence; undefined when it may. */
export function objection(file: File, texts: Texts): string | undefined {
  if (file.size > maxBytes) return fill(texts.fileTooLarge, { size: sizeOf(file.size) });
  if (file.size === 0) return texts.fileEmpty;
  return fileTypes.includes(file.type) ? undefined : texts.fileWrongType;
}

/** `820 KB`, `1.4 MB`. */
export function sizeOf(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1000
    ? `${Math.max(1, Math.round(kilobytes))} KB`
    : `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** Calls back with files that are pasted or dropped; `over` says whether some are held above. */
export function takeFiles(
  node: HTMLElement,
  take: (files: readonly File[]) => void,
  over: (is: boolean) => void,
): void {
  const given = (event: Event, data: DataTransfer | null) => {
    const files = [...(data?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  };
  node.addEventListener('paste', (event) => given(event, event.clipboardData));
  node.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    over(true);
  });
  node.addEventListener('dragleave', (event) => {
    if (!node.contains(event.relatedTarget as Node | null)) over(false);
  });
  node.addEventListener('drop', (event) => {
    over(false);
    given(event, event.dataTransfer);
  });
}
