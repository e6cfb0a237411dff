import type { ThemeConfig } from 'antd';

/** Chinese fonts first, or Latin quotes and figures would stand in Chinese sentences. */
const chinese =
  '-apple-system, "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "Segoe UI", sans-serif';

/** Calm and dense: a working day is spent in front of it. Contrasts are at least 4.5 to 1. */
const theme: ThemeConfig = {
  token: {
    colorPrimary: '#1d4f9e',
    colorInfo: '#1d4f9e',
    colorSuccess: '#146a3d',
    colorWarning: '#a35a00',
    colorError: '#c22f2f',
    // The grounds that would be derived from colours this dark are muddy.
    colorInfoBg: '#eaf1fb',
    colorInfoBorder: '#d3e1f5',
    colorSuccessBg: '#ecf7f0',
    colorSuccessBorder: '#c3e2cf',
    colorWarningBg: '#fff8ea',
    colorWarningBorder: '#f0dcb4',
    colorErrorBg: '#fdf0f0',
    colorErrorBorder: '#efc4c4',
    colorTextBase: '#1a2233',
    colorTextSecondary: '#505b70',
    colorTextTertiary: '#5f6a80',
    colorTextDescription: '#566178',
    colorTextPlaceholder: '#69748a',
    colorBorder: '#cfd6e2',
    colorBorderSecondary: '#e3e8f0',
    colorBgLayout: '#f3f5f9',
    borderRadius: 6,
    fontSize: 14,
    fontFamily: chinese,
    controlHeight: 34,
  },
  components: {
    Table: { headerBg: '#f6f8fb', cellPaddingBlockMD: 10 },
    Modal: { titleFontSize: 17 },
  },
};

/** The other way round: a Chinese font makes English quotation marks as wide as characters. */
const latin =
  'system-ui, -apple-system, "Segoe UI", "DejaVu Sans", "PingFang SC", "Noto Sans CJK SC", sans-serif';

/** Nothing slides or fades for whoever asked their system for less motion (WCAG 2.3.3). */
const motion = !matchMedia('(prefers-reduced-motion: reduce)').matches;

export const themeIn = (locale: string): ThemeConfig => ({
  ...theme,
  token: { ...theme.token, motion, ...(locale === 'en' && { fontFamily: latin }) },
});
