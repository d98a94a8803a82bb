/**
 * XSD dateTimeStamps as instants (XML Schema 1.1 part 2, 3.4.28): exact, for every year that may be written.
 * Beyond XSD, a leap second (RFC 3339, 5.7) is the midnight that it ends at.
 */

/** Nanoseconds in a second: instants are nanoseconds since 1970-01-01T00:00:00Z. */
export const SECOND = 1_000_000_000n;

const STAMP =
  /^(-?(?:[1-9][0-9]{3,8}|0[0-9]{3}))-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;

/** The instant that `text` names, digits beyond nanoseconds cut off; null for no dateTimeStamp or a day that does not exist. */
export function instant(text: string): bigint | null {
  const match = STAMP.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [number, number, number, number, number, number];
  const fraction = match[7] ?? '';
  const offset = offsetOf(match[8], Number(match[9]), Number(match[10]));
  if (offset === null || !isDay(year, month, day) || !isTime(hour, minute, second, /[1-9]/.test(fraction))) return null;
  const seconds = BigInt(daysSince1970(year, month, day)) * 86_400n + BigInt(hour * 3_600 + minute * 60 + second - offset);
  if (second === 60 && !endsHalfYear(year, seconds)) return null;
  return seconds * SECOND + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
}

/** The zone's distance from UTC in seconds; null for one that does not exist. */
function offsetOf(sign: string | undefined, hours: number, minutes: number): number | null {
  if (!sign) return 0;
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return null;
  return (hours * 60 + minutes) * (sign === '-' ? -60 : 60);
}

function isDay(year: number, month: number, day: number): boolean {
  const next = month === 12 ? daysSince1970(year + 1, 1, 1) : daysSince1970(year, month + 1, 1);
  return month >= 1 && month <= 12 && day >= 1 && day <= next - daysSince1970(year, month, 1);
}

function isTime(hour: number, minute: number, second: number, fraction: boolean): boolean {
  if (hour === 24) return minute === 0 && second === 0 && !fraction;
  return hour < 24 && minute < 60 && second <= 60;
}

/** Whether an instant of this year is midnight of 1 January or of 1 July, UTC: before these stand leap seconds. */
function endsHalfYear(year: number, seconds: bigint): boolean {
  const days = [daysSince1970(year, 1, 1), daysSince1970(year, 7, 1), daysSince1970(year + 1, 1, 1)];
  return days.some((day) => BigInt(day) * 86_400n === seconds);
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar; years begin in March here. */
function daysSince1970(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  const leapDays = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return 365 * y + leapDays + Math.floor((153 * m + 2) / 5) + day - 1 - 719_468;
}
