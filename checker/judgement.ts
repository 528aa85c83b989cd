import type {
  Action,
  Attempts,
  CheckedProperty,
  Judge,
  LeadsToProperty,
  SometimesStepProperty,
  StepProperty,
  System,
} from './system.types.ts';

/** Where a property was first violated or a goal first reached. */
export interface Finding {
  /** The number of the state, or of the state before the transition. */
  readonly state: number;
  readonly about: 'state' | 'transition' | 'failing call';
}

/** A transition out of the state with the given number; its successor is current. */
export type JudgeStep = (
  state: number,
  action: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
) => void;

/** Evaluates properties and keeps the first finding for each, which ends its evaluation. */
export interface Judgement {
  /** Judges the current state, which has the given number. */
  readonly examine: (state: number) => void;
  /** Whether a property is left that wants to see transitions. */
  readonly judgesSteps: () => boolean;
  /** To be called with a state current, before its transitions are judged. */
  readonly before: () => void;
  readonly judgeStep: JudgeStep;
  /** To be called with that state's number once its transitions were judged. */
  readonly after: (state: number) => void;
  /** Which failing calls are to be tried. */
  readonly failures: Attempts | 'none';
  readonly judgeFailure: JudgeStep;
  /** Number of violated properties. */
  readonly violated: () => number;
  readonly finding: (property: CheckedProperty) => Finding | undefined;
}

/** Starts with no finding for any of the properties. */
export function createJudgement(properties: readonly CheckedProperty[]): Judgement {
  let always = properties.filter((property) => property.kind === 'always');
  let sometimes = properties.filter((property) => property.kind === 'sometimes');
  let steps = properties.filter((property) => property.kind === 'step');
  let stepGoals = properties.filter((property) => property.kind === 'sometimes-step');
  let leading = properties.filter((property) => property.kind === 'leads-to').map(ledFrom);
  const findings = new Map<CheckedProperty, Finding>();
  let violated = 0;

  function find(property: CheckedProperty, state: number, about: Finding['about']): void {
    findings.set(property, { state, about });
    if (isGoal(property)) {
      sometimes = sometimes.filter((other) => other !== property);
      stepGoals = stepGoals.filter((other) => other !== property);
    } else {
      always = always.filter((other) => other !== property);
      steps = steps.filter((other) => other !== property);
      leading = leading.filter((other) => other.property !== property);
      violated += 1;
    }
  }

  return {
    examine(state) {
      for (const property of always) if (!property.holds()) find(property, state, 'state');
      for (const goal of sometimes) if (goal.reached()) find(goal, state, 'state');
    },
    judgesSteps: () => steps.length + stepGoals.length + leading.length > 0,
    before() {
      for (const property of steps) property.before();
      for (const goal of stepGoals) goal.before();
      for (const one of leading) one.before();
    },
    judgeStep(state, action, a, b, c, d, e) {
      for (const property of steps) {
        if (!property.holds(action, a, b, c, d, e)) find(property, state, 'transition');
      }
      for (const goal of stepGoals) {
        if (goal.reached(action, a, b, c, d, e)) find(goal, state, 'transition');
      }
      for (const one of leading) if (!one.lowers(action)) find(one.property, state, 'transition');
    },
    after(state) {
      for (const one of leading) if (one.isStuck()) find(one.property, state, 'state');
    },
    failures: failuresOf(steps),
    judgeFailure(state, action, a, b, c, d, e) {
      for (const property of steps) {
        if (property.failing === 'skipped' || property.holds(action, a, b, c, d, e)) continue;
        find(property, state, 'failing call');
      }
    },
    violated: () => violated,
    finding: (property) => findings.get(property),
  };
}

/** A leads-to property as it is judged at one state. */
interface Led {
  readonly property: LeadsToProperty;
  readonly before: () => void;
  /** False if the action helps but the successor ranks no lower. */
  readonly lowers: (action: number) => boolean;
  readonly isStuck: () => boolean;
}

function ledFrom(property: LeadsToProperty): Led {
  let rank = 0;
  let arrived = false;
  let helped = 0;
  return {
    property,
    before() {
      rank = property.rank();
      arrived = property.arrived();
      helped = 0;
    },
    lowers(action) {
      if (!property.helps(action)) return true;
      helped += 1;
      return property.rank() < rank;
    },
    isStuck: () => !arrived && helped === 0,
  };
}

function failuresOf(steps: readonly StepProperty[]): Judgement['failures'] {
  if (steps.some(({ failing }) => failing === 'judged')) return 'all';
  return steps.some(({ failing }) => failing === 'judged-if-changing') ? 'changing' : 'none';
}

/**
 * The first transition of the current state, or the first failing call, that violates a property or
 * reaches a goal; undefined for what is about states.
 *
 * @throws Error if there is none: what was found in one state is not so in another that counts as it.
 */
export function lastAction(
  system: System,
  property: CheckedProperty,
  { about }: Finding,
): Action | undefined {
  if (about === 'state' || property.kind === 'always' || property.kind === 'sometimes') {
    return undefined;
  }
  const found: Action[] = [];
  const { before, isFound } = lookFor(property);
  const look: Judge = (action, a, b, c, d, e) => {
    const isIt = isFound(action, a, b, c, d, e);
    if (isIt && found.length === 0) found.push({ action, args: [a, b, c, d, e] });
    return isIt;
  };
  before();
  if (about === 'transition') system.expand(look);
  else system.attempt(look, 'all');
  if (found[0] !== undefined) return found[0];
  throw new Error(`${property.id} tells states apart that count as one`);
}

function lookFor(property: StepProperty | SometimesStepProperty | LeadsToProperty): {
  readonly before: () => void;
  readonly isFound: Judge;
} {
  switch (property.kind) {
    case 'step':
      return { before: property.before, isFound: (...args) => !property.holds(...args) };
    case 'sometimes-step':
      return { before: property.before, isFound: property.reached };
    case 'leads-to': {
      const led = ledFrom(property);
      return { before: led.before, isFound: (action) => !led.lowers(action) };
    }
  }
}

/** Whether a property is a goal: its finding is good news. */
export function isGoal(property: CheckedProperty): boolean {
  switch (property.kind) {
    case 'always':
    case 'step':
    case 'leads-to':
      return false;
    case 'sometimes':
    case 'sometimes-step':
      return true;
  }
}
