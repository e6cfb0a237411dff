import { Button, Input } from 'antd';
import { type KeyboardEvent, useState } from 'react';
import { useT } from '../i18n/index.tsx';

const MAX_TEXT = 4000;

export function StaffInput({ onSay }: { onSay(text: string): void }) {
  const t = useT();
  const [text, setText] = useState('');
  const words = text.trim();
  const send = () => {
    if (!words || words.length > MAX_TEXT) return;
    onSay(words);
    setText('');
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes, Enter chooses its word. Safari reports that key as 229 only.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || composing) return;
    event.preventDefault();
    send();
  };
  return (
    <div className="staff-input">
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 6 }}
        value={text}
        maxLength={MAX_TEXT}
        placeholder={t('staff.hint')}
        aria-label={t('staff.input')}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
        data-testid="staff-input"
      />
      <Button type="primary" disabled={!words} onClick={send} data-testid="staff-send">
        {t('staff.send')}
      </Button>
    </div>
  );
}
