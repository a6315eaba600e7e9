/** The draft that a zip is taken into, as the address has it. */
export function readImportInto({ into }: Record<string, unknown>): { into?: string } {
  return typeof into === 'string' ? { into } : {};
}
