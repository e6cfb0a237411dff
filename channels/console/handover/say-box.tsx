import { Button, Input } from 'antd';
import { useState } from 'react';

interface Props {
  hint: string;
  act: string;
  testId: string;
  /** @returns whether it was taken: the box is emptied then */
  say(text: string): Promise<boolean>;
}

/** One line to write and a button that sends it. */
export function SayBox({ hint, act, testId, say }: Props) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!text.trim()) return;
    setBusy(true);
    if (await say(text.trim())) setText('');
    setBusy(false);
  };
  return (
    <div className="say-box no-print">
      <Input
        value={text}
        placeholder={hint}
        aria-label={hint}
        maxLength={1000}
        onChange={({ target }) => setText(target.value)}
        onPressEnter={send}
        data-testid={testId}
      />
      <Button loading={busy} onClick={send} data-testid={`${testId}-send`}>
        {act}
      </Button>
    </div>
  );
}
