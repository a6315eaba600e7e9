import type { Declared } from './declared';
import type { Named } from './naming';

interface Props {
  path: string;
  by: Named | Declared | undefined;
  raw: boolean;
  /** Whether another place beside it is called the same: then the path tells them apart. */
  isAlike?: boolean | undefined;
}

/** What a place in the data is called: by its form or its process, else by its path, which is code. */
export function PlaceName({ path, by, raw, isAlike = false }: Props) {
  const code = <code data-content>{path}</code>;
  if (!by || by.label === path || raw) return code;
  return (
    <>
      <span data-content>{by.label}</span>
      {isAlike && <div>{code}</div>}
    </>
  );
}
