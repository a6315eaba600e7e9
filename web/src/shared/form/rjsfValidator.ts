import type { ValidatorType } from '@rjsf/utils';
import { breachesOf } from './rules/breaches';
import type { Json, JsonObject } from './rules/schema';

/** What rjsf asks while it draws (which conditional sections hold). It never judges a submission: problems come from outside. */
export const rjsfValidator: ValidatorType = {
  isValid: (schema, values: unknown, root) => {
    const rules = { ...(root.$defs && { $defs: root.$defs }), ...schema } as unknown as JsonObject;
    return breachesOf(withoutName(rules), (values ?? {}) as Json).length === 0;
  },
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  rawValidation: () => ({ errors: [] }),
};

/** The interpreter would look references up under the name. */
function withoutName(schema: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== '$id'));
}
