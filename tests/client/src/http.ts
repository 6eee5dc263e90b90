// GraphQL over HTTP: one answer, or a stream of them. Knows nothing of tickets.

import { EventSourceParserStream, type EventSourceMessage } from 'eventsource-parser/stream';
import type { TypedDocumentString } from '../generated/graphql.js';

/** A request that was not executed, or failed while it was. */
export class Failed extends Error {
  constructor(readonly code: string, message: string) {
    super(message);
  }
}

/** An answer, as the server writes it. */
export interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
  extensions?: { consistency?: { position: string } };
}

/** Sends an operation. */
export function post<Data, Variables>(
  url: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: document.toString(), variables }),
    ...(signal && { signal }),
  });
}

/** The data of an answer. */
export function data<Data>(answer: Answer<Data>): Data {
  const error = answer.errors?.[0];
  if (error) throw new Failed(error.extensions?.code ?? 'INTERNAL', error.message);
  if (answer.data == null) throw new Failed('INTERNAL', 'an answer without data');
  return answer.data;
}

/** The events of a stream, until the connection ends. */
export async function* events(response: Response): AsyncGenerator<EventSourceMessage> {
  if (!response.body) return;
  const reader = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // Whoever reads no further closes the connection.
    await reader.cancel().catch(() => {});
  }
}
