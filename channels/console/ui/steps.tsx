import { LeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import './steps.css';

interface Props {
  /** Where the step back leads. */
  back: string;
  onBack(): void;
  /** Steps further on. */
  children?: ReactNode;
}

/** From one pane of a page to another, where there is room for one at a time: telephones. */
export function Steps({ back, onBack, children }: Props) {
  return (
    <div className="steps">
      <Button type="link" icon={<LeftOutlined />} onClick={onBack} data-testid="pane-back">
        {back}
      </Button>
      {children}
    </div>
  );
}
