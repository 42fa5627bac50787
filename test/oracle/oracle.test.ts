import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  buildSessionsDb,
  type FixtureRow,
  type KnownTable,
  UNTYPED_COLUMNS,
  usualTables,
} from '../../fixtures/sessions-db.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { exactAverage } from './exact-average.ts';
import { expectedNodes } from './expected-nodes.ts';
import { compareInstants, instantOf } from './instant-of.ts';
import { dotted, finishedName, firstOf, oneLine } from './name-text.ts';
import { keyPart, nodeId } from './node-id.ts';
import { occurrences } from './occurrences.ts';

function nodesOf(rows: Partial<Record<KnownTable, readonly FixtureRow[]>>) {
  const path = join(tempFolder(), 'sessions.db');
  buildSessionsDb(path, usualTables(rows, UNTYPED_COLUMNS));
  return expectedNodes(path, ['error']);
}

describe('the oracle, by examples worked out by hand', () => {
  it('folds failed calls into one node for each session, tool and type', () => {
    const call = { session_id: 's:1', tool_name: 'Read', status: 'error', task_id: '' };
    const nodes = nodesOf({
      tool_analytics: [
        {
          ...call,
          id: 1,
          error_type: null,
          agent_name: 'b,a',
          execution_time_ms: 1,
          created_at: '2025-03-01 00:00:00',
        },
        {
          ...call,
          id: 2,
          error_type: '',
          agent_name: 'ann',
          execution_time_ms: 0.5,
          created_at: '2025-02-28T23:59:59.9Z',
        },
        { ...call, id: 3, error_type: 'unknown', agent_name: 'ann', execution_time_ms: 'x', created_at: '0 no date' },
        { ...call, id: 4, error_type: 'unknown', status: 'ERROR' },
      ],
    });
    expect(nodes).toEqual([
      {
        id: 'audit_event:err:s%3A1:Read:unknown',
        node_type: 'audit_event',
        subtype: 'tool_error',
        name: '[ToolError] Read (unknown) x3',
        properties:
          '{"session_id":"s:1","tool_name":"Read","error_type":"unknown","error_count":3,' +
          '"first_occurrence":"2025-02-28T23:59:59.9Z","last_occurrence":"2025-03-01 00:00:00",' +
          '"avg_execution_ms":0.8,"agents":["b,a","ann"]}',
        source_table: 'tool_analytics',
        source_id: 's%3A1:Read:unknown',
      },
    ]);
  });

  it('makes one node of each system event, named by its subtype', () => {
    const nodes = nodesOf({
      system_events: [
        {
          id: 1,
          entry_id: 9007199254740993n,
          subtype: 'compact_boundary',
          level: 'info',
          content: '',
          compact_trigger: 'auto',
        },
        { id: 2, subtype: 'local_command', content: ` \n${'😀'.repeat(49)}\u0085 x` },
        { id: 3, subtype: 'turn_duration' },
        { id: 4, content: '\u3000' },
      ],
    });
    expect(nodes.map(({ id, name, properties }) => [id, name, properties])).toEqual([
      [
        'audit_event:sys:1',
        '[Boundary] Compaction (auto)',
        '{"entry_id":9007199254740993,"event_subtype":"compact_boundary","level":"info","compact_trigger":"auto"}',
      ],
      [
        'audit_event:sys:2',
        `[Command] ${'😀'.repeat(49)}`,
        `{"event_subtype":"local_command","content":" \\n${'😀'.repeat(49)}\u0085 x"}`,
      ],
      ['audit_event:sys:3', '[System] turn_duration', '{"event_subtype":"turn_duration"}'],
      ['audit_event:sys:4', '[System] unknown', '{"event_subtype":"unknown","content":"\u3000"}'],
    ]);
  });

  it('makes one node of each task, named by its outcome', () => {
    const nodes = nodesOf({
      task_tracking: [
        { id: 1, task_id: 'A.9.1', task_description: 'd'.repeat(61), outcome: 'success', tool_error_count: 0 },
        { id: 2, task_description: null, status: 'pending', outcome: 'Success' },
      ],
    });
    expect(nodes.map(({ name, properties }) => [name, properties])).toEqual([
      [
        `[Task+] A.9.1: ${'d'.repeat(57)}...`,
        `{"task_id":"A.9.1","task_description":"${'d'.repeat(61)}","status":"unknown","outcome":"success","tool_error_count":0}`,
      ],
      ['[Task-] task-2:', '{"task_id":"task-2","task_description":"","status":"pending","outcome":"Success"}'],
    ]);
  });
});

describe('names', () => {
  it.each([
    ['\u0085\u00a0a\0\t\u2028 b\u3000', 'a b'],
    ['\ufeffa\u200b', '\ufeffa\u200b'],
    [' \u009f', undefined],
    ['', undefined],
  ])('brings %j on one line', (text, line) => {
    expect(oneLine(text)).toBe(line);
  });

  it('counts code points', () => {
    expect(firstOf('a😀b', 2)).toBe('a😀');
    expect(dotted('😀'.repeat(80), 80)).toBe('😀'.repeat(80));
    expect(dotted('😀'.repeat(81), 80)).toBe(`${'😀'.repeat(77)}...`);
    expect(finishedName('a \u00a0')).toBe('a');
  });
});

describe('ids', () => {
  it('keeps parts apart', () => {
    expect(keyPart('a:b')).toBe('a%3Ab');
    expect(keyPart('a%3Ab')).toBe('a%253Ab');
  });

  it('keeps 512 bytes, and shortens more between characters', () => {
    const longest = `sys:${'a'.repeat(496)}`;
    expect(nodeId(longest)).toBe(`audit_event:${longest}`);
    // 16 bytes, then 423, then a two-byte character across the cut at 440.
    const beginning = `audit_event:sys:${'a'.repeat(423)}`;
    const whole = `${beginning}${'é'.repeat(50)}`;
    const digest = createHash('sha256').update(whole).digest('hex');
    expect(nodeId(whole.slice('audit_event:'.length))).toBe(`${beginning}~${digest}`);
  });
});

describe('averages', () => {
  it.each([
    [[0], '0'],
    [[0.25], '0.3'],
    [[-0.25], '-0.2'],
    [[-0.05, 5e-324], '0'],
    [[1, 2, 2], '1.7'],
    [[2n ** 63n - 1n, 2n ** 63n - 1n, 2n ** 63n - 2n], '9223372036854775806.7'],
    [[1e21], '1000000000000000000000'],
    [[Infinity, 3], '3'],
  ])('are exact and rounded half up (case %#)', (numbers, average) => {
    expect(exactAverage(numbers)).toBe(average);
  });

  it('are absent where no row has a time', () => {
    expect(exactAverage([])).toBeUndefined();
    expect(exactAverage([-Infinity])).toBeUndefined();
  });
});

describe('dates', () => {
  it.each([
    '2025-02-30',
    '2023-02-29',
    '1900-02-29',
    '2025-13-01',
    '2025-03-01T24:00:00',
    '2025-03-01T00:00',
    '2025-03-01T00:00:00.',
    '2025-03-01t00:00:00',
    '2025-03-01\n',
    ' 2025-03-01',
  ])('are not read from %j', (text) => {
    expect(instantOf(text)).toBeUndefined();
  });

  it.each([
    ['2025-03-01', '2025-03-01 00:00:00.000Z'],
    ['2025-03-01T01:30:00+01:30', '2025-03-01T00:00:00'],
    ['2025-02-28T16:00:00.10-08:00', '2025-03-01T00:00:00.1Z'],
    ['2024-02-29T23:59:59-00:01', '2024-03-01T00:00:59'],
  ])('are equal as instants: %s and %s', (one, other) => {
    const [left, right] = [instantOf(one), instantOf(other)];
    expect(left && right && compareInstants(left, right)).toBe(0);
  });

  it('speak by the lowest row where they are equal, and before texts that are none', () => {
    expect(occurrences(['2025-03-01T00:00:00Z', '2025-03-01', '0', 'z'])).toEqual({
      first: '2025-03-01T00:00:00Z',
      last: '2025-03-01T00:00:00Z',
    });
  });

  it('leave texts that are none in the order of their UTF-8 bytes', () => {
    expect(occurrences(['\uffee', '😀', 'é'])).toEqual({ first: 'é', last: '😀' });
    expect(occurrences([])).toEqual({ first: undefined, last: undefined });
  });
});
