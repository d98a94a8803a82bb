/** NumericDates, as JWTs have them (RFC 7519, 2), as dateTimeStamps: a report names dates as texts. */

/**
 * The dateTimeStamp of a NumericDate (RFC 7519, 2), in UTC, fractions of a second cut off downwards. `seconds` since 1970
 * is at most 2⁵³−1 in size, as readJson reads it: a year of at most nine digits.
 */
export function stamp(seconds: number): string {
  const whole = Math.floor(seconds);
  const days = Math.floor(whole / 86_400);
  const rest = whole - days * 86_400;
  const [year, month, day] = dateOf(days);
  const padded = (value: number, length = 2) => String(value).padStart(length, '0');
  const date = `${year < 0 ? '-' : ''}${padded(Math.abs(year), 4)}-${padded(month)}-${padded(day)}`;
  return `${date}T${padded(Math.floor(rest / 3600))}:${padded(Math.floor(rest / 60) % 60)}:${padded(rest % 60)}Z`;
}

/** Year, month and day that are so many days from 1970-01-01: the inverse of timestamps.ts. */
function dateOf(days: number): readonly [year: number, month: number, day: number] {
  const since = days + 719_468;
  const era = Math.floor(since / 146_097);
  const inEra = since - era * 146_097;
  const year = Math.floor((inEra - Math.floor(inEra / 1460) + Math.floor(inEra / 36_524) - Math.floor(inEra / 146_096)) / 365);
  const inYear = inEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * inYear + 2) / 153);
  const day = inYear + 1 - Math.floor((153 * month + 2) / 5);
  return [400 * era + year + (month >= 10 ? 1 : 0), month >= 10 ? month - 9 : month + 3, day];
}
