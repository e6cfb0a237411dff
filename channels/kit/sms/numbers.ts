/** Short codes: a country's own service numbers, which have no international form. */
const SHORT = 6;
/** China's service numbers for SMS (106…), up to 20 digits: they have no international form either. */
const CHINA_SERVICE = /^106\d{2,17}$/;
/** E.164 §6: at most 15 digits, the country code among them. */
const LONGEST = 15;

/**
 * A number as E.164 with its `+`, so that two ways to write one number are one address. Short codes and names as
 * senders stay as they are.
 * @param country country code of numbers written without one, such as `86`
 * @param international true where the network says that it begins with a country code (SMPP: TON 1)
 */
export function e164(written: string, country: string, international = false): string {
  const trimmed = written.trim();
  const digits = trimmed.replace(/[\s().\-/]/g, '').replace(/^\+/, '');
  if (!/^\d+$/.test(digits)) return trimmed;
  if (trimmed.startsWith('+') || international) return `+${digits}`;
  if (digits.startsWith('00')) return `+${digits.slice(2)}`;
  if (digits.length <= SHORT || digits.length > LONGEST) return digits;
  if (country === '86' && CHINA_SERVICE.test(digits)) return digits;
  if (digits.startsWith(country) && digits.length >= country.length + 8 + (country === '1' ? 2 : 0))
    return `+${digits}`;
  return `+${country}${digits.replace(/^0/, '')}`;
}

/** Whether a short message can be sent there: E.164, or a short code. */
export const reachable = (number: string): boolean =>
  /^\+[1-9]\d{6,14}$/.test(number) || /^\d{3,20}$/.test(number);
