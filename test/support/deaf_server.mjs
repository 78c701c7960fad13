/**
 * A port on 127.0.0.1 that listens and accepts nobody: once its queue is full, the system leaves further
 * SYNs unanswered. Prints the port, and then sleeps until it is killed.
 */

import { createServer } from "node:net";
import process from "node:process";

const server = createServer();
server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
  process.stdout.write(`${server.address().port}\n`, () => {
    // Nothing is accepted while this thread waits.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
});
