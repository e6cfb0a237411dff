/** Bundles the widget to `<outDir>/widget.js`; sizes in bytes, gzip at level 9. */
export function buildWidget(outDir: string): Promise<{ file: string; bytes: number; gzipBytes: number }>;
