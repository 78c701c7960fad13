/**
 * One document on its own, with what it takes from the others: for readers that follow no reference to
 * another file.
 *
 * @module
 */

import { type Catalogue, COMMON, type Document } from "./catalogue.ts";

/** The document, with the common schemas that it and they refer to inside. */
export function bundle({ documents }: Catalogue, name: string): Document {
  const document = documents.get(name)!;
  const common = documents.get(COMMON)!.components.schemas;
  const schemas = name === COMMON ? common : { ...common, ...document.components.schemas };
  return inward({ ...document, components: { ...document.components, schemas } }) as Document;
}

/** Turns references to the common document into references within, and leaves keys out that are not wanted. */
export function inward(node: unknown, wanted: (key: string) => boolean = () => true): unknown {
  if (Array.isArray(node)) return node.map((child) => inward(child, wanted));
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).filter(([key]) => wanted(key)).map(([key, value]) =>
      key === "$ref" && typeof value === "string"
        ? [key, value.replace(`${COMMON}.yaml#`, "#")]
        : [key, inward(value, wanted)]
    ),
  );
}
