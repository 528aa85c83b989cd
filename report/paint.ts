/** How words are set off; the terminal brings colours, everything else brings `plain`. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
  readonly heading: (text: string) => string;
  readonly faint: (text: string) => string;
}

const asIs = (text: string): string => text;

export const plain: Paint = { good: asIs, bad: asIs, doubtful: asIs, heading: asIs, faint: asIs };
