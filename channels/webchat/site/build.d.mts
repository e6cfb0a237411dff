/** Puts the operator's demo page into `outDir`. */
export function buildSite(outDir: string): Promise<void>;
