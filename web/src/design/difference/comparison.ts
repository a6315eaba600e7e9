/** The version that is compared with, as the address has it. */
export function readComparison({ from }: Record<string, unknown>): { from?: number } {
  return typeof from === 'number' && Number.isInteger(from) && from > 0 ? { from } : {};
}
