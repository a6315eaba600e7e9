import { Told } from '../events/Told';
import { optionAt, type Words } from './declared';
import styles from './data.module.css';

interface Props {
  value: unknown;
  words: Words;
  /** The place of the value within the words; empty for the value itself. */
  at?: string;
}

/** A value in a designer's words: codes by their texts, members by their labels; what has none is told as it is. */
export function InWords({ value, words, at = '' }: Props) {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    const told = optionAt(words, at, value);
    return told === undefined ? <Told value={value} /> : <span data-content>{told}</span>;
  }
  const hasParts = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!hasParts) return <Told value={value} />;
  if (Array.isArray(value))
    return (
      <ul className={styles.items}>
        {value.map((item: unknown, index) => (
          // What was written never changes its places.
          <li key={index}>
            <InWords value={item} words={words} at={`${at}[]`} />
          </li>
        ))}
      </ul>
    );
  return (
    <dl className={styles.members}>
      {Object.entries(value).map(([name, member]: [string, unknown]) => {
        const place = at ? `${at}.${name}` : name;
        return (
          <div key={name}>
            <dt data-content>{words[place]?.label ?? name}</dt>
            <dd>
              <InWords value={member} words={words} at={place} />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
