import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useLanguage } from '../i18n/index.tsx';

/** Each button names the other language in that language. */
export function LanguageSwitch() {
  const { locale, choose } = useLanguage();
  const [next, name] = locale === 'en' ? (['zh-CN', '中文'] as const) : (['en', 'English'] as const);
  return (
    <Button
      type="text"
      size="small"
      icon={<GlobalOutlined />}
      onClick={() => choose(next)}
      data-testid="language"
    >
      <span lang={next}>{name}</span>
    </Button>
  );
}
