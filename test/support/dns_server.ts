/**
 * A DNS server on loopback that says what the test wants, by UDP and by HTTP as RFC 8484 has it. It writes
 * its messages byte by byte, independently of the code under test.
 */

import { createSocket } from "node:dgram";
import { type Running, startBackend, startTcp } from "./tls_backend.ts";

/** What the server says of every name. */
export interface Zone {
  /** IPv4 addresses. */
  a?: string[];
  /** IPv6 addresses, as 32 hexadecimal digits. */
  aaaa?: string[];
  /** 0 is success, 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED. */
  rcode?: number;
  /** A name that the question is led on to first. */
  cname?: string;
  /** Says nothing at all. */
  silent?: boolean;
  /** Says nothing to questions for IPv6 addresses. */
  silentFor6?: boolean;
  /** Texts: one record, of several strings perhaps. */
  txt?: string[];
  /** Answers of its own for some names. */
  names?: Record<string, Zone>;
  /** By UDP says only that the answer does not fit; TCP has the rest. */
  truncated?: boolean;
}

/** Writes the answer to a question. */
function answerDns(question: Uint8Array, zones: Zone, short = false): Uint8Array {
  let end = 12;
  const labels: string[] = [];
  while (question[end] !== 0) {
    labels.push(new TextDecoder().decode(question.subarray(end + 1, end + 1 + question[end]!)));
    end += question[end]! + 1;
  }
  const zone = zones.names?.[labels.join(".")] ?? (zones.names ? { rcode: 3 } : zones);
  const type = question[end + 2]!;
  const record = (
    kind: number,
    data: number[],
  ) => [0xc0, 12, 0, kind, 0, 1, 0, 0, 0, 60, data.length >> 8, data.length & 255, ...data];
  const label = (text: string) => [text.length, ...new TextEncoder().encode(text)];
  const records = short ? [] : [
    ...(type === 16 && zone.txt ? [record(16, zone.txt.flatMap(label))] : []),
    ...(zone.cname ? [record(5, [...zone.cname.split(".").flatMap(label), 0])] : []),
    ...(type === 1 ? (zone.a ?? []).map((ip) => record(1, ip.split(".").map(Number))) : []),
    ...(type === 28
      ? (zone.aaaa ?? []).map((hex) =>
        record(28, hex.match(/../g)!.map((byte) => parseInt(byte, 16)))
      )
      : []),
  ];
  return Uint8Array.from([
    question[0]!,
    question[1]!,
    short ? 0x83 : 0x81,
    0x80 | (zone.rcode ?? 0),
    ...[0, 1, 0, records.length, 0, 0, 0, 0],
    ...question.subarray(12, end + 5),
    ...records.flat(),
  ]);
}

/** Starts it by UDP, and by TCP on the same port where an answer does not fit. */
export async function startDns(zone: Zone): Promise<{ server: string; close(): void }> {
  const tcp = zone.truncated ? await startTcpDns(zone) : undefined;
  return await new Promise((resolve) => {
    const socket = createSocket("udp4");
    socket.on("message", (bytes, from) => {
      // The type stands before the class, and both before the additional record of 11 bytes.
      if (zone.silent || zone.silentFor6 && bytes.at(-14) === 28) return;
      // A stranger's packet comes first: only the one with the right id may count.
      const answer = answerDns(new Uint8Array(bytes), zone, zone.truncated);
      const forged = Uint8Array.from(answer);
      forged[0]! ^= 0xff;
      socket.send(forged, from.port, from.address);
      socket.send(answer, from.port, from.address);
    });
    socket.bind(tcp?.port ?? 0, "127.0.0.1", () =>
      resolve({
        server: `127.0.0.1:${socket.address().port}`,
        close: () => {
          socket.close();
          void tcp?.close();
        },
      }));
  });
}

/** Each message has its length before it, which is sent apart from the rest, as networks may. */
function startTcpDns(zone: Zone): Promise<Running> {
  return startTcp((socket) =>
    socket.on("data", (bytes: Uint8Array) => {
      const answer = answerDns(new Uint8Array(bytes).subarray(2), zone);
      socket.write(Uint8Array.of(answer.length >> 8));
      setTimeout(() => socket.write(Uint8Array.of(answer.length & 255, ...answer)), 20);
    })
  );
}

/** Starts it by HTTP. */
export async function startDoh(zone: Zone): Promise<Running & { url: string }> {
  const server = await startBackend(undefined, (request, response) => {
    const parts: Uint8Array[] = [];
    request.on("data", (bytes: Uint8Array) => parts.push(bytes));
    request.on("end", () => {
      response.setHeader("content-type", "application/dns-message");
      response.end(answerDns(Uint8Array.from(parts.flatMap((part) => [...part])), zone));
    });
  });
  return { ...server, url: `http://127.0.0.1:${server.port}/dns-query` };
}
