/** Just enough of JSON Schema 2020-12 to make one small value that a route's schema is likely to take. */
export type JsonSchema = Readonly<Record<string, unknown>>;
type Components = Readonly<Record<string, JsonSchema>>;

/** The smallest value of `schema`: required properties only, the first of each choice. `ref` finds a component. */
export function sampleOf(schema: JsonSchema, components: Components): unknown {
  if (typeof schema.$ref === 'string')
    return sampleOf(components[schema.$ref.split('/').at(-1) ?? ''] ?? {}, components);
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if ('default' in schema) return schema.default;
  const [choice] = (schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []) as JsonSchema[];
  if (choice) return sampleOf(choice, components);
  return sampleOfType(schema, components);
}

function sampleOfType(schema: JsonSchema, components: Components): unknown {
  switch (schema.type) {
    case 'object': {
      const properties = (schema.properties ?? {}) as Components;
      const required = (schema.required ?? []) as string[];
      return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {}, components)]));
    }
    case 'array':
      return Array.from({ length: Number(schema.minItems ?? 0) }, () =>
        sampleOf((schema.items ?? {}) as JsonSchema, components),
      );
    case 'integer':
    case 'number':
      return Number(schema.minimum ?? schema.exclusiveMinimum ?? 0) + ('exclusiveMinimum' in schema ? 1 : 0);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return sampleText(schema);
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '018f0000-0000-7000-8000-00000000abcd',
  date: '2026-06-12',
  'date-time': '2026-06-12T10:00:00Z',
  email: 'a@example.com',
  uri: 'https://example.com/',
};

const sampleText = ({ format, minLength, maxLength }: JsonSchema) =>
  FORMATS[String(format)] ?? 'x'.repeat(Math.min(Number(minLength ?? 1) || 1, Number(maxLength ?? 1_000)));
