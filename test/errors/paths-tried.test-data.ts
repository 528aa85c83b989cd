/** The paths that are tried in the world of failing-calls.test-data.ts: each is wrong in some way, or right. */
import type { Path } from '../../model/vocabulary/index.ts';

const tooLong = 'n'.repeat(256);
const inside = [
  '',
  '/x',
  '/y',
  '/z',
  '/z/',
  '/d',
  '/d/s',
  '/e',
  '/e/new',
  '/e/p',
  '/q',
  '/new',
  '/new/',
  '/x/',
  '/x/new',
  '/d/',
  '/.',
  '/..',
  '/missing/new',
  '/a.b',
  '/a.b/',
  '/a.b/new',
  '/d/a.b',
  `/${tooLong}`,
  `/${tooLong}/new`,
  `/.${tooLong}`,
  '/l',
  '/l/',
  '/k/new',
  '/k/',
  '/dangling',
  '/loop',
  '/loop/new',
].map((path) => `/mnt/a${path}`);
const detached = ['/proc/self/fd/9', '/proc/self/fd/10'];
const outside = [
  ...detached,
  '/mnt/b',
  '/mnt/b/new',
  '/mnt/b/a.b',
  '/mnt/b/new/',
  '/mnt/b/a.b/',
  `/mnt/b/${tooLong}`,
  '/file',
  '/file/',
  '/file/x',
  '/new/',
  '/mnt',
];
/** What is no path to anything in the instance. */
export const strings: readonly Path[] = [null, '', '/', '/missing', `/${'long/'.repeat(820)}x`];
const relative = ['new', 'a.b', 'mnt/a/x', 'mnt/a/new/'];

export const paths: readonly Path[] = [...strings, ...inside, ...outside, ...relative];
/** Those that a user without capabilities is told something of. */
export const nobodys: readonly Path[] = [
  null,
  '',
  '/file',
  '/missing/new',
  '/mnt/new',
  '/mnt/b/new',
  '/mnt/b/a.b',
  '.',
  ...['', '/.', '/x', '/x/new', '/w', '/new', '/new/', '/a.b', '/d', '/d/', '/d/p', '/d/p/']
    .concat(['/d/new', '/d/new/', '/d/a.b', '/c', '/c/x', '/c/r', '/c/v', '/c/new'])
    .concat(['/t', '/t/x', '/t/new', '/h', '/h/new', '/h/a.b', '/e', '/e/p', '/l'])
    .map((path) => `/mnt/a${path}`),
];
