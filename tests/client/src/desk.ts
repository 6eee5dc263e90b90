// The service desk as one person sees it: what a frontend would start from.

import { setTimeout as sleep } from 'node:timers/promises';

import {
  QueueTicketsDocument,
  QueuesDocument,
  SignInDocument,
  TicketByNumberDocument,
  TicketChangedDocument,
  TicketStartWorkDocument,
  TokenRefreshDocument,
  type QueuesQuery,
  type SessionFragment,
  type TicketChangedSubscription,
  type TicketLineFragment,
  type TypedDocumentString,
} from '../generated/graphql.js';
import { Failed, data, events, post, type Answer } from './http.js';
import { Refused } from './refused.js';

export type Queue = QueuesQuery['queues'][number];
export type Ticket = TicketLineFragment;
export type TicketChange = TicketChangedSubscription['ticketChanged'];

/** How long a broken line waits before it is dialled again, in milliseconds. */
const PAUSE = 500;

export class Desk {
  #token = '';
  #refreshToken = '';
  #refreshing: Promise<void> | undefined;
  #position: string | undefined;
  #name = '';

  private constructor(private readonly url: string) {}

  static async signIn(url: string, login: string, password: string): Promise<Desk> {
    const desk = new Desk(url);
    const { signIn } = await desk.#ask(SignInDocument, { input: { login, password } });
    desk.#keep(signIn);
    return desk;
  }

  /** Who is signed in. */
  get name(): string {
    return this.#name;
  }

  async queues(): Promise<Queue[]> {
    return (await this.#ask(QueuesDocument, {})).queues;
  }

  /** The first tickets of a queue, in its order. */
  async queueTickets(key: string, first: number): Promise<Ticket[]> {
    const { queueTickets } = await this.#ask(QueueTicketsDocument, { key, first });
    if (!queueTickets) throw new Error(`there is no queue ${key}`);
    return queueTickets.nodes;
  }

  async ticket(number: string): Promise<Ticket | null> {
    return (await this.#ask(TicketByNumberDocument, { number })).ticket ?? null;
  }

  /** Takes a ticket: whoever starts work on it holds it. */
  async startWork(ticketId: string): Promise<Ticket | null> {
    const input = { ticketId };
    const { ticketStartWork } = await this.#ask(TicketStartWorkDocument, { input });
    Refused.check(ticketStartWork.userErrors);
    return ticketStartWork.ticket ?? null;
  }

  /**
   * Every change from now on, once and in order, however often the line breaks. Resolves when the
   * server listens: read a list after that, and nothing falls between the two.
   */
  async ticketChanges(signal: AbortSignal): Promise<AsyncGenerator<TicketChange>> {
    // Until the first event has come, the line goes on behind the last answer.
    const line = { after: this.#position };
    const response = await this.#listen(line.after, signal);
    return this.#changes(response, line, signal);
  }

  /** The next pair of tokens. A refresh token serves once: all who wait share one request. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#renew().finally(() => (this.#refreshing = undefined));
    return this.#refreshing;
  }

  async #renew(): Promise<void> {
    const input = { refreshToken: this.#refreshToken };
    const answer = await this.#once(TokenRefreshDocument, { input });
    this.#keep(data(answer).tokenRefresh);
  }

  #keep({ token, refreshToken, viewer, userErrors }: SessionFragment): void {
    Refused.check(userErrors);
    if (!token || !refreshToken) throw new Error('a session without tokens');
    this.#token = token;
    this.#refreshToken = refreshToken;
    this.#name = viewer?.person?.name ?? this.#name;
  }

  /** Asks; with the next token when this one is over. */
  async #ask<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    let answer = await this.#once(document, variables);
    if (isSignedOut(answer) && this.#token) {
      await this.refresh();
      answer = await this.#once(document, variables);
    }
    this.#position = answer.extensions?.consistency?.position ?? this.#position;
    return data(answer);
  }

  async #once<Data, Variables>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
  ): Promise<Answer<Data>> {
    const accept = 'application/graphql-response+json';
    const response = await post(this.url, document, variables, this.#headers(accept));
    return (await response.json()) as Answer<Data>;
  }

  #headers(accept: string, after?: string): Record<string, string> {
    return {
      accept,
      ...(this.#token && { authorization: `Bearer ${this.#token}` }),
      ...(after && { 'last-event-id': after }),
    };
  }

  /** Opens a stream behind an event. */
  async #listen(after: string | undefined, signal: AbortSignal): Promise<Response> {
    const open = () =>
      post(this.url, TicketChangedDocument, {}, this.#headers('text/event-stream', after), signal);
    let response = await open();
    if (response.status === 401) {
      await this.refresh();
      response = await open();
    }
    if (response.status >= 500) throw new Error(`the server answers ${response.status}`);
    if (!response.ok) data((await response.json()) as Answer<never>);
    return response;
  }

  async *#changes(
    first: Response,
    line: { after: string | undefined },
    signal: AbortSignal,
  ): AsyncGenerator<TicketChange> {
    for (let response: Response | undefined = first; !signal.aborted; ) {
      try {
        response ??= await this.#listen(line.after, signal);
        for await (const { event, id, data: text } of events(response)) {
          if (event !== 'next') break;
          line.after = id ?? line.after;
          yield data(JSON.parse(text) as Answer<TicketChangedSubscription>).ticketChanged;
        }
      } catch (error) {
        // A "no" is an answer; a line that broke is dialled again.
        if (error instanceof Failed || error instanceof Refused) throw error;
      }
      response = undefined;
      if (!signal.aborted) await sleep(PAUSE);
    }
  }
}

function isSignedOut(answer: Answer<unknown>): boolean {
  return answer.errors?.[0]?.extensions?.code === 'UNAUTHENTICATED';
}
