import { describe, expect, it } from 'vitest';
import { headerEntries, parseTrace, readHeader } from './index.ts';

function read(text: string): ReturnType<typeof readHeader> {
  const result = parseTrace(text);
  return readHeader(result.ok ? result.trace.header : []);
}

const full = `#: title: a dotted name is refused
#: profile: linux-4.4, linux-6.18
#: host: /mnt/a/ /mnt/b/ /file
#: descriptors: 16
#: clause: pin.dotted-name, walk.missing
#: source: a table of errors
`;

const header = {
  title: 'a dotted name is refused',
  profiles: ['linux-4.4', 'linux-6.18'],
  host: ['/mnt/', '/mnt/a/', '/mnt/b/', '/file'],
  descriptors: 16,
  clauses: ['pin.dotted-name', 'walk.missing'],
  source: 'a table of errors',
};

describe('the header of a trace', () => {
  it('has its lists taken apart and the parents of the host tree put in', () => {
    expect(read(full)).toEqual({ ok: true, header });
  });

  it('may be empty', () => {
    expect(read('')).toEqual({
      ok: true,
      header: {
        title: null,
        profiles: [],
        host: [],
        descriptors: null,
        clauses: [],
        source: null,
      },
    });
  });

  it('is written so that it is read back', () => {
    expect(readHeader(headerEntries(header))).toEqual({ ok: true, header });
    expect(headerEntries(header).map(({ key }) => key)).toEqual([
      'title',
      'profile',
      'host',
      'descriptors',
      'clause',
      'source',
    ]);
    const bare = { ...header, title: null, host: [], clauses: [], descriptors: null };
    expect(headerEntries(bare).map(({ key }) => key)).toEqual(['profile', 'source']);
  });

  it('tells switches, and is written with them behind the profiles', () => {
    const result = read('#: switch: refLimit=3, pinBadFd=EINVAL');
    expect(result).toMatchObject({ header: { switches: ['refLimit=3', 'pinBadFd=EINVAL'] } });
    const written = headerEntries({ ...header, switches: ['refLimit=3', 'instance=per-mount'] });
    expect(written[2]).toEqual({ line: 0, key: 'switch', value: 'refLimit=3, instance=per-mount' });
  });

  it.each([
    [
      '#: profle: linux-4.4',
      '"profle" was found where a header key was expected; did you mean profile?',
    ],
    [
      '#: colour: red',
      'known are title, profile, switch, host, descriptors, unprivileged-bpf-disabled, clause, source',
    ],
    ['#: descriptors: many', '"many" was found as descriptors, but a number from 3'],
    ['#: descriptors: 2', '"2" was found as descriptors'],
    ['#: profile: linux_4.4', '"linux_4.4" was found as a profile, but a name was expected'],
    ['#: clause: pin.', '"pin." was found as a clause'],
    ['#: switch: refLimit', '"refLimit" was found as a switch, but NAME=VALUE was expected'],
    ['#: switch: a=b=c', '"a=b=c" was found as a switch'],
    ['#: host: mnt/', '"mnt/" was found as a host path'],
    ['#: host: /mnt/../etc/', '"/mnt/../etc/" was found as a host path'],
    ['#: host: /a//b', '"/a//b" was found as a host path'],
    ['#: host: /', '"/" was found as a host path'],
    ['#: host: /a /a/b', '"/a" was found both as a file and as a directory'],
    ['#: host: /cgroup/a/b/', '"/cgroup/a/b/" was found as a host path, but below /cgroup/'],
    ['#: host: /cgroup/x', '"/cgroup/x" was found as a host path, but below /cgroup/'],
    ['#: host: /cgroup/cgroup.procs/', '"/cgroup/cgroup.procs/" was found as a host path'],
    [
      `#: host: ${Array.from({ length: 17 }, (_, k) => `/cgroup/c${k}/`).join(' ')}`,
      '17 cgroups were found in the host tree, but there can be 16 at most',
    ],
  ])('is refused as %s', (line, message) => {
    const result = read(`# a comment\n${line}\n`);
    const errors = result.ok ? [] : result.errors;
    expect(errors.map((error) => [error.line, error.column])).toEqual([[2, 1]]);
    expect(errors[0]?.message).toContain(message);
  });

  it('takes names with dots in a host tree', () => {
    const result = read('#: host: /a.b/..c/ /...');
    expect(result.ok && result.header.host).toEqual(['/a.b/', '/a.b/..c/', '/...']);
  });
});
