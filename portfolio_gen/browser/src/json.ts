/** JSON values as types, and the few questions that are asked of them everywhere. */
import canonicalize from 'canonicalize';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [name: string]: Json };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Null is the same as absent, except where a rule says otherwise. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** A list as it is, anything else as a list of one. */
export function listed<T>(value: T | T[]): T[] {
  return Array.isArray(value) ? value : [value];
}

/** The strings in a value that is one string or a list. */
export function strings(value: Json | undefined): string[] {
  return listed(value ?? null).filter((item) => typeof item === 'string');
}

/** A copy of an object without one member. */
export function without(object: JsonObject, name: string): JsonObject {
  const { [name]: _, ...rest } = object;
  return rest;
}

/** The RFC 8785 form of a JSON value. */
export function jcs(value: Json): string {
  return canonicalize(value) ?? '';
}
