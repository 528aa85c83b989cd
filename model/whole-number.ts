/**
 * The same number. What comes out of a division, or out of a field that once held a large number, V8 keeps as a
 * floating-point one whatever its value, and gives up the code of each function that it compiled for integers and that
 * meets it, to compile it again, without end: decision 24.
 */
export const whole = (value: number): number => ((value | 0) === value ? value | 0 : value);
