import type { StatisticsReader } from '../../model/statistics.ts';
import type { Connection } from '../connection.ts';
import type { Read } from '../reading.ts';
export async function openStatistics(_connection: Connection, _read: Read): Promise<StatisticsReader> {
  throw new Error('soon');
}
