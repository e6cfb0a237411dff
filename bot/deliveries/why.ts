export const WHY = ['blocked', 'unknown', 'gave_up', 'reported', 'channel_off', 'refused'] as const;
/** Why something did not arrive 未送达原因, for people. */
export type Why = (typeof WHY)[number];

/**
 * As SQL, of a delivery `d`: what was sent all the same failed by the platform's report; the rest as the sender wrote it.
 * Who opted out with the platform itself is out of our reach as who blocked us is.
 */
export const whyText = `CASE WHEN d.state = 'sent' THEN 'reported' WHEN d.error LIKE 'gave up: %' THEN 'gave_up'
  WHEN d.error = 'channel off' THEN 'channel_off' WHEN d.error ~ '^address (blocked|optedOut)(:|$)' THEN 'blocked'
  WHEN d.error ~ '^address unknown(:|$)' THEN 'unknown' ELSE 'refused' END`;
