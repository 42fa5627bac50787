import fc from 'fast-check';

const ODD = [
  '2025-02-30',
  '2023-02-29',
  '2024-02-29',
  '1900-02-29',
  '2000-02-29',
  '2025-13-01',
  '2025-00-10',
  '2025-04-31T10:00:00Z',
  '0000-01-01',
  '0000-01-01T00:00:00+23:59',
  '9999-12-31T23:59:59.999-23:59',
  '9999-12-31',
  '2025-03-01T24:00:00',
  '2025-03-01T23:59:60',
  '2025-03-01T23:60:00',
  '2025-03-01T00:00',
  '2025-03-01t00:00:00',
  '2025-03-01T00:00:00z',
  '2025-03-01T00:00:00.',
  '2025-03-01T00:00:00,5',
  '2025-03-01  00:00:00',
  '2025-03-01T00:00:00 Z',
  '2025-03-01T00:00:00+0100',
  '2025-03-01T00:00:00+01',
  '2025-03-01T00:00:00+24:00',
  '2025-03-01T00:00:00+01:60',
  ' 2025-03-01',
  '2025-03-01\n',
  '2025-03-01\0',
  '2025-3-1',
  '+2025-03-01',
  '-2025-03-01',
  '12025-03-01',
  '２０２５-03-01',
  'yesterday',
  '1700000000',
  'ééé',
  '\u{1f600}',
  '\uffee',
  '2025-03-01T00:00:00.0000000000000000000001Z',
  '2025-03-01T00:00:00.000000000000000000000Z',
] as const;

/** SPEC section 1 can be read as allowing a zone behind a day alone, and the program reads it so. */
const ZONED_DAYS = ['2025-03-01Z', '2025-03-01+01:00', '2025-02-28-08:00'] as const;

const wellFormed: fc.Arbitrary<string> = fc
  .record({
    seconds: fc.constantFrom(0, 0, 1, 59, 3600, 86_399, 86_400, -1),
    separator: fc.constantFrom(' ', 'T'),
    fraction: fc.constantFrom(
      '',
      '',
      '.0',
      '.000',
      '.1',
      '.10',
      '.100000000000',
      '.123456789',
      '.1234567891',
      '.999',
      '.9999999999999',
    ),
    offset: fc.constantFrom(0, 0, 0, 60, 330, -480, -1, 840, 1439, -1439),
    zone: fc.constantFrom('', 'Z', '+00:00', '-00:00'),
    short: fc.constantFrom(false, false, false, true),
  })
  .map(({ seconds, separator, fraction, offset, zone, short }) => {
    const local = new Date(Date.UTC(2025, 2, 1) + (seconds + offset * 60) * 1000).toISOString();
    if (short) return local.slice(0, 10);
    const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0');
    const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
    const written = offset === 0 ? zone : `${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
    return `${local.slice(0, 10)}${separator}${local.slice(11, 19)}${fraction}${written}`;
  });

/** Dates close to one another in every form, and texts that are almost dates. */
export const hostileDate: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: wellFormed },
  { weight: 3, arbitrary: fc.constantFrom(...ODD) },
  { weight: 1, arbitrary: fc.constantFrom(...ZONED_DAYS) },
);
