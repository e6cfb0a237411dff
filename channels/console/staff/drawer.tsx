import { Drawer } from 'antd';
import { useT } from '../i18n/index.tsx';
import { StaffPanel } from './panel.tsx';

/** The console's head stays in sight and in use. */
const HEAD_PX = 52;

/** Beside the page that one works on, which stays usable. */
export default function StaffDrawer({ onClose }: { onClose(): void }) {
  const t = useT();
  return (
    <Drawer
      open
      mask={false}
      size={420}
      rootStyle={{ top: HEAD_PX }}
      title={t('staff.title')}
      onClose={onClose}
      styles={{ body: { padding: 0 } }}
    >
      <StaffPanel />
    </Drawer>
  );
}
