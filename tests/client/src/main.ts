// Takes a ticket and sees it happen.
//
//   node build/src/main.js URL LOGIN PASSWORD [NUMBER]
//
// Exit code 1: the ticket was refused. 2: bad usage, or nothing to take.

import { Desk, type Ticket } from './desk.js';
import { Refused } from './refused.js';

const QUEUE = 'UNASSIGNED';

const [url, login, password, number] = process.argv.slice(2);
if (!url || !login || !password) {
  console.error('usage: node build/src/main.js URL LOGIN PASSWORD [NUMBER]');
  process.exit(2);
}

const desk = await Desk.signIn(url, login, password);
console.log(`signed in as ${desk.name}`);

const over = new AbortController();
const changes = await desk.ticketChanges(over.signal);

for (const { key, name, count } of await desk.queues()) {
  console.log(`${key}: ${name}, ${count ?? 'unknown'} tickets`);
}

const ticket = await choose();
if (!ticket) {
  console.error('there is no such ticket');
  process.exit(2);
}

try {
  await desk.startWork(ticket.id);
  console.log(`took ${ticket.number}`);
  await seen(ticket);
  await desk.refresh();
  const [mine] = await desk.queueTickets('MY_WORK', 1);
  console.log(`with a new token: ${mine ? 'there is work' : 'nothing'} in MY_WORK`);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.log(`${ticket.number} is refused: ${error.message} (${error.code}; ${error.advice})`);
  process.exitCode = 1;
} finally {
  over.abort();
}

/** The ticket of that number; otherwise the first of the queue that may be taken. */
async function choose(): Promise<Ticket | null | undefined> {
  if (number) return desk.ticket(number);
  const tickets = await desk.queueTickets(QUEUE, 25);
  for (const { number, state, title } of tickets) console.log(`${number} ${state} ${title}`);
  return tickets.find(({ allowedActions }) => allowedActions.includes('START_WORK'));
}

/** Returns when the stream has told that the ticket is held. */
async function seen({ id }: Ticket): Promise<void> {
  for await (const { eventType, actor, ticket } of changes) {
    if (ticket?.id !== id) continue;
    console.log(`told: ${eventType} by ${actor?.name}, ${ticket.number} is ${ticket.state}`);
    if (ticket.state === 'IN_PROGRESS') return;
  }
}
