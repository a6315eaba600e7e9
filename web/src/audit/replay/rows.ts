/** The values of a context one by one, each with its dotted path; lists stay whole. */
export function rowsOf(values: Readonly<Record<string, unknown>>, before = ''): [path: string, value: unknown][] {
  return Object.entries(values).flatMap(([name, value]): [string, unknown][] => {
    const path = before + name;
    const isContext = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isContext && Object.keys(value).length > 0
      ? rowsOf(value as Record<string, unknown>, `${path}.`)
      : [[path, value]];
  });
}
