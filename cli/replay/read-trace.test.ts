import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { traceToJsonLines, parseTrace } from '../../traces/index.ts';
import { temporaryFolder } from '../../test/run-pinproof.ts';
import { readTraceFile } from './read-trace.ts';
import { traceBounds } from './trace-bounds.ts';

const folder = temporaryFolder();
afterAll(folder.remove);

const text =
  '#: profile: linux-4.4\n#: host: /mnt/a/\n#: descriptors: 16\n1 fork() = 2\n2 close(3)\n';

function written(name: string, content: string): string {
  const file = join(folder.path, name);
  writeFileSync(file, content);
  return file;
}

describe('trace files', () => {
  it('are read with their header', () => {
    const { header, profiles, events } = readTraceFile(written('a.trace', text));
    expect(profiles).toEqual(['linux-4.4']);
    expect(header).toMatchObject({ host: ['/mnt/', '/mnt/a/'], descriptors: 16 });
    expect(events.map(({ line }) => line)).toEqual([4, 5]);
  });

  it('may be JSON lines', () => {
    const parsed = parseTrace(text);
    if (!parsed.ok) throw new Error('the trace cannot be read');
    const { events } = readTraceFile(written('a.jsonl', traceToJsonLines(parsed.trace)));
    expect(events.map(({ step }) => step.call.call)).toEqual(['fork', 'close']);
    expect(() => readTraceFile(written('b.jsonl', '{"pid":1\n'))).toThrow(/b\.jsonl:1:\d+: /);
  });

  it('depart from their profiles by switches that exist', () => {
    const setting = (text: string): string => written('s.trace', `# first\n#: switch: ${text}\n`);
    const { settings } = readTraceFile(setting('refLimit=3, pinBadFd=EINVAL'));
    expect(settings).toEqual([
      { name: 'refLimit', value: '3' },
      { name: 'pinBadFd', value: 'EINVAL' },
    ]);
    expect(() => readTraceFile(setting('refLimit=4'))).toThrow(
      /s\.trace:2:1: no value of the switch refLimit is called "4"/,
    );
    expect(() => readTraceFile(setting('reflimit=3'))).toThrow(/did you mean refLimit/);
  });

  it('say where each of their errors is', () => {
    const file = written('b.trace', '1 frok() = 2\n1 close(x)\n');
    expect(() => readTraceFile(file)).toThrow(/^[^\n]+b\.trace:1:3: [^\n]+\n[^\n]+:2:9: [^\n]+$/);
  });
});

describe('the bounds of a trace', () => {
  const events = [
    ...new Array<string>(3).fill('1 fork() = 2'),
    '1 unshare(CLONE_NEWNS) = 0',
    '1 mount("bpf", "/mnt/a", "bpf", 0, NULL) = 0',
  ];
  const parsed = parseTrace(events.join('\n'));

  it('are wide enough for its calls', () => {
    if (!parsed.ok) throw new Error('the trace cannot be read');
    expect(traceBounds(parsed.trace.events, 16)).toMatchObject({
      processes: 5,
      descriptors: 13,
      namespaces: 3,
      mounts: 4,
    });
  });

  it('leave room for descriptors where none are named, and never run wild', () => {
    expect(traceBounds([], null).descriptors).toBe(61);
    expect(traceBounds([], 1_000_000).descriptors).toBe(4000);
    expect(traceBounds([], 3).descriptors).toBe(1);
  });
});
