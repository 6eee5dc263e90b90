// Prints what happens to tickets, so many changes of them; a server that restarts is waited for.
//
//   node build/src/watch.js URL LOGIN PASSWORD COUNT

import { Desk } from './desk.js';

const [url, login, password, count] = process.argv.slice(2);
if (!url || !login || !password || !Number(count)) {
  console.error('usage: node build/src/watch.js URL LOGIN PASSWORD COUNT');
  process.exit(2);
}

const over = new AbortController();
const desk = await Desk.signIn(url, login, password);
const changes = await desk.ticketChanges(over.signal);
console.log('listening');

let left = Number(count);
for await (const { eventType, ticket } of changes) {
  console.log(`${eventType} ${ticket?.title ?? 'out of sight'}`);
  left -= 1;
  if (left === 0) over.abort();
}
