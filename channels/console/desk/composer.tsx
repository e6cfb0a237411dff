import { Button, Input, Segmented } from 'antd';
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useRef, useState } from 'react';
import { call } from '../api/call.ts';
import { useSession } from '../app/session.tsx';
import { useT } from '../i18n/index.tsx';
import { Attach, Attaching } from '../ui/attaching.tsx';
import { useAttachments } from '../ui/use-attachments.ts';
import type { Outgoing, SentFile } from './transcript-state.ts';

interface Props {
  conversationId: string;
  canReply: boolean;
  onSend(kind: Outgoing['kind'], text: string, files: SentFile[]): void;
}

export const MAX_TEXT = 4000;
/** From here on the count is shown. */
const NEARLY = 3600;
const TYPING_EVERY_MS = 3000;
/** What was begun and not sent, by person and conversation: going to another one and back loses nothing. */
const drafts = new Map<string, string>();

export function Composer({ conversationId, canReply, onSend }: Props) {
  const t = useT();
  const [chosen, setChosen] = useState<Outgoing['kind']>('reply');
  const { person } = useSession();
  const place = `${person.id} ${conversationId}`;
  const [text, setText] = useState(() => drafts.get(place) ?? '');
  const kind = canReply ? chosen : 'note';
  const typing = useTyping(conversationId);
  const write = (next: string) => {
    setText(next);
    if (next) drafts.set(place, next);
    else drafts.delete(place);
    if (next && kind === 'reply') typing();
  };
  const attachments = useAttachments();
  const files =
    kind === 'reply' ? attachments.list.flatMap(({ id, name }) => (id ? [{ id, name }] : [])) : [];
  const length = text.trim().length;
  const waits = kind === 'reply' && !attachments.settled;
  const ready = (length > 0 || files.length > 0) && length <= MAX_TEXT && !waits;
  const send = () => {
    if (!ready) return;
    onSend(kind, text.trim(), files);
    write('');
    if (kind === 'reply') attachments.clear();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses its word. Safari reports that key as 229 only.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    send();
  };
  const { dropping, ...drop } = useDrop((given) => kind === 'reply' && attachments.add(given));
  return (
    <div className={`composer composer-${kind} ${dropping ? 'composer-drop' : ''}`} {...drop}>
      <div className="composer-top">
        <Segmented
          size="small"
          aria-label={t('composer.mode')}
          value={kind}
          onChange={(next) => setChosen(next as Outgoing['kind'])}
          options={[
            ...(canReply ? [{ value: 'reply', label: t('composer.reply') }] : []),
            { value: 'note', label: <span data-testid="note-toggle">{t('composer.note')}</span> },
          ]}
        />
        <Count length={length} />
      </div>
      {kind === 'reply' && <Attaching list={attachments.list} onRemove={attachments.remove} />}
      <div className="composer-row">
        {kind === 'reply' && <Attach onChosen={attachments.add} />}
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={text}
          placeholder={t(kind === 'reply' ? 'composer.replyHint' : 'composer.noteHint')}
          aria-label={t(kind === 'reply' ? 'composer.reply' : 'composer.note')}
          onChange={({ target }) => write(target.value)}
          onKeyDown={onKeyDown}
          data-testid="composer"
          autoFocus={canReply}
        />
        <Button type="primary" onClick={send} disabled={!ready} data-testid="send">
          {t(kind === 'reply' ? 'composer.send' : 'composer.save')}
        </Button>
      </div>
    </div>
  );
}

/** Files that are pasted, or dropped here. */
function useDrop(take: (files: FileList) => void) {
  const [dropping, setDropping] = useState(false);
  const given = (data: DataTransfer | null) => (data && data.files.length > 0 ? data.files : undefined);
  return {
    dropping,
    onPaste(event: ClipboardEvent) {
      const files = given(event.clipboardData);
      if (!files) return;
      event.preventDefault();
      take(files);
    },
    onDragOver(event: DragEvent) {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      setDropping(true);
    },
    onDragLeave: () => setDropping(false),
    onDrop(event: DragEvent) {
      setDropping(false);
      const files = given(event.dataTransfer);
      if (!files) return;
      event.preventDefault();
      take(files);
    },
  };
}

function Count({ length }: { length: number }) {
  const t = useT();
  if (length < NEARLY) return null;
  const left = MAX_TEXT - length;
  return (
    <span role="status" className={left < 0 ? 'over num' : 'left num'}>
      {left < 0 ? t('composer.over', { count: -left }) : t('composer.left', { count: left })}
    </span>
  );
}

/** Shows the customer that an answer is being written; lost signs don't matter. */
function useTyping(conversationId: string): () => void {
  const last = useRef(0);
  return () => {
    if (Date.now() - last.current < TYPING_EVERY_MS) return;
    last.current = Date.now();
    call('POST /api/v1/desk/conversations/:id/typing', { params: { id: conversationId } }).catch(() => {});
  };
}
