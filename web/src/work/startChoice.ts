/** What stands in the address where a case is begun. */
interface StartChoice {
  process?: string;
  unit?: string;
}

export function readStart({ process, unit }: Record<string, unknown>): StartChoice {
  return {
    ...(typeof process === 'string' && process && { process }),
    ...(typeof unit === 'string' && unit && { unit }),
  };
}
