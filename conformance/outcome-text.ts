/** Outcomes for people, short: a table has a column of them. */
import {
  infoOf,
  pairOf,
  receivedOf,
  statOf,
  statxOf,
  valueKind,
} from '../model/vocabulary/index.ts';
import type { Call, Outcome } from '../model/vocabulary/index.ts';
import type { Allowed } from './oracle.types.ts';

/** What a call answered: `3`, `ENOENT`, `[3, 4]` for two descriptors; a bare number without a call. */
export function outcomeText(call: Call | null, outcome: Outcome): string {
  if (!outcome.ok) return outcome.errno;
  if (outcome.names !== undefined) return `{${outcome.names.join(', ')}}`;
  return call === null ? `${outcome.value}` : valueText(call, outcome.value);
}

function valueText(call: Call, value: number): string {
  switch (valueKind(call)) {
    case 'pair':
      return `[${pairOf(value).join(', ')}]`;
    case 'received': {
      const { bytes, fds, truncated } = receivedOf(value);
      const lost = truncated === 'truncated' ? ' MSG_CTRUNC' : '';
      return bytes === 0 ? '0' : `${bytes} [${fds.join(', ')}]${lost}`;
    }
    case 'info': {
      const info = infoOf(value);
      if (info.kind === 'link') return `${info.state} link`;
      return info.kind === 'program'
        ? `${info.type} of ${info.maps} ${info.maps === 1 ? 'map' : 'maps'}`
        : `${info.type} of ${info.maxEntries}`;
    }
    case 'stat': {
      const { kind, nlink } = statOf(value);
      return `${kind} of ${nlink} ${nlink === 1 ? 'link' : 'links'}`;
    }
    case 'statx': {
      const { kind, mode, owner } = statxOf(value);
      return `${kind} ${octal(mode)} of ${owner}`;
    }
    case 'mask':
      return octal(value);
    case 'names':
    case 'flags':
    case 'access':
    case 'number':
      return call.call === 'exit_group' ? '?' : `${value}`;
  }
}

const octal = (mode: number): string => (mode === 0 ? '0' : `0${mode.toString(8)}`);

/** "0 (pin.ok) or EEXIST (pin.name-taken)". */
export function allowedText(call: Call, allowed: readonly Allowed[]): string {
  return allowed.map(({ outcome, row }) => `${outcomeText(call, outcome)} (${row})`).join(' or ');
}
