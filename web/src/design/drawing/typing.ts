/** What is typed and not yet written into the diagram: fields write it at each pause, and whenever everything is to be kept. */
const fields = new Set<() => void>();

/** To be called with what writes a field's text; gives what ends it. */
export function whileTyping(write: () => void): () => void {
  fields.add(write);
  return () => {
    fields.delete(write);
  };
}

/** Writes all that is typed into the diagram. */
export function writeTyped(): void {
  for (const write of fields) write();
}
