/**
 * Objects as JSON text: maps, sets, instances of classes, and what stands in several places, which is one
 * object again when it is read.
 *
 * Plain objects are written as they are; everything else is an array whose first item says what it is.
 *
 * @module
 */

/** Makes an empty instance of each class that may be written, by name. */
export type Makers = Readonly<Record<string, () => object>>;

/** The name under which each class is written: its own may be another after a bundler was at it. */
export type ClassNames = ReadonlyMap<unknown, string>;

/**
 * Writes a value.
 *
 * @param limit The most characters that it may take.
 * @returns The text; nothing when it would be longer.
 * @throws {TypeError} At a function, or an instance of a class that has no name.
 */
export function writeObject(value: unknown, names: ClassNames, limit: number): string | undefined {
  const places = new Map<object, number>();
  const keys = new Map<string, string>();
  let text = "";
  const put = (value: unknown): void => {
    if (typeof value === "string") text += JSON.stringify(value);
    else if (typeof value === "number") {
      text += Number.isFinite(value) ? value : `["n","${value}"]`;
    } else if (typeof value === "boolean" || value === null) text += value;
    else if (value === undefined) text += `["u"]`;
    else if (typeof value !== "object") throw new TypeError(`Cannot write a ${typeof value}`);
    else if (text.length <= limit) {
      const place = places.get(value);
      if (place === undefined) {
        places.set(value, places.size);
        putNew(value);
      } else text += `["r",${place}]`;
    }
  };
  const list = (kind: string, values: Iterable<unknown>) => {
    text += `["${kind}"`;
    for (const item of values) {
      text += ",";
      put(item);
    }
    text += "]";
  };
  const fields = (value: object) => {
    let before = "{";
    for (const name of Object.keys(value)) {
      const field = (value as Record<string, unknown>)[name];
      if (field === undefined) continue;
      let key = keys.get(name);
      if (key === undefined) keys.set(name, key = `${JSON.stringify(name)}:`);
      text += before + key;
      put(field);
      before = ",";
    }
    text += before === "{" ? "{}" : "}";
  };
  const putNew = (value: object) => {
    if (Array.isArray(value)) return list("a", value);
    if (value instanceof Map) {
      text += `["m"`;
      for (const [key, item] of value) {
        text += ",";
        put(key);
        text += ",";
        put(item);
      }
      text += "]";
      return;
    }
    if (value instanceof Set) return list("s", value);
    const { constructor } = value;
    if (constructor === Object) return fields(value);
    const name = names.get(constructor);
    if (!name) throw new TypeError(`Cannot write an instance of ${constructor?.name}`);
    text += `["i","${name}",`;
    fields(value);
    text += "]";
  };
  put(value);
  return text.length > limit ? undefined : text;
}

/**
 * Reads what {@linkcode writeObject} wrote, out of its parsed JSON.
 *
 * Fields that a class got since are what its maker makes them.
 *
 * @throws {TypeError} When it is not of that form.
 */
export function readObject(json: unknown, makers: Makers): unknown {
  const known: object[] = [];
  const keep = <Kind extends object>(value: Kind): Kind => {
    known.push(value);
    return value;
  };
  const read = (json: unknown): unknown => {
    if (typeof json !== "object" || json === null) return json;
    if (!Array.isArray(json)) return fields(keep({}), json);
    const [kind, first] = json;
    switch (kind) {
      case "n":
        return Number(first);
      case "u":
        return undefined;
      case "r":
        return known[first] ?? fail(`There is no object ${first}`);
      case "a": {
        const list = keep<unknown[]>([]);
        for (let at = 1; at < json.length; at++) list.push(read(json[at]));
        return list;
      }
      case "m": {
        const map = keep(new Map());
        for (let at = 1; at < json.length; at += 2) map.set(read(json[at]), read(json[at + 1]));
        return map;
      }
      case "s": {
        const set = keep(new Set());
        for (let at = 1; at < json.length; at++) set.add(read(json[at]));
        return set;
      }
      case "i": {
        const make = Object.hasOwn(makers, first) ? makers[first] : undefined;
        return make ? fields(keep(make()), json[2]) : fail(`There is no class ${first}`);
      }
    }
    return fail(`There is no kind ${JSON.stringify(kind)}`);
  };
  const fields = (to: object, from: object) => {
    for (const [name, json] of Object.entries(from)) {
      const value = read(json);
      if (name !== "__proto__") (to as Record<string, unknown>)[name] = value;
      // Assigned, it would be no field.
      else Object.defineProperty(to, name, { ...FIELD, value });
    }
    return to;
  };
  return read(json);
}

const FIELD = { writable: true, enumerable: true, configurable: true };

function fail(what: string): never {
  throw new TypeError(`${what} in a kept world`);
}
