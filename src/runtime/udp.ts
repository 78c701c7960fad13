/**
 * One question and one answer by UDP.
 *
 * @module
 */

import { createSocket } from "node:dgram";
import { isIPv6 } from "node:net";
import { ProbeError } from "../doctor/platform.ts";
import { probeError } from "./socket_faults.ts";

/**
 * Sends a packet, a second time halfway, and waits for the first answer that is accepted.
 *
 * @param accept Tells whether a packet is the answer: anybody may send to an open port.
 */
export function askUdp(
  address: string,
  port: number,
  question: Uint8Array,
  accept: (answer: Uint8Array) => boolean,
  limitMs: number,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const socket = createSocket(isIPv6(address) ? "udp6" : "udp4");
    const end = (settle: () => void) => {
      clearTimeout(late);
      clearTimeout(again);
      socket.removeAllListeners("message");
      try {
        socket.close();
      } catch {
        // It was closed already.
      }
      settle();
    };
    const send = () =>
      socket.send(question, port, address, (error) => {
        if (error) end(() => reject(probeError(error)));
      });
    const late = setTimeout(
      () => end(() => reject(new ProbeError("timeout", `no answer within ${limitMs} ms`))),
      limitMs,
    );
    const again = setTimeout(send, limitMs / 2);
    socket.on("error", (error) => end(() => reject(probeError(error))));
    socket.on("message", (bytes) => {
      const answer = new Uint8Array(bytes);
      if (accept(answer)) end(() => resolve(answer));
    });
    send();
  });
}
