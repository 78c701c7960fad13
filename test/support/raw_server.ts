import { Buffer } from "node:buffer";
import { createServer, type Socket } from "node:net";

/** One request as it came over the wire. */
export interface RawRequest {
  head: string;
  body: string;
  /** Which connection it came on, from 1. */
  connection: number;
  /** Which request of that connection it is, from 1. */
  turn: number;
}

/** A server that answers with exactly the bytes a test wants, or breaks the connection as it wants. */
export interface RawServer {
  url: string;
  requests: RawRequest[];
  close(): Promise<void>;
}

/** Starts one; `answer` gets each whole request and the socket to answer on. */
export async function rawServer(
  answer: (socket: Socket, request: RawRequest) => void,
): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    const connection = ++connections;
    let turn = 0;
    let text = "";
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      for (;;) {
        const end = text.indexOf("\r\n\r\n");
        if (end < 0) return;
        const head = text.slice(0, end);
        const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
        if (text.length < end + 4 + length) return;
        const request = {
          head,
          body: Buffer.from(text.slice(end + 4, end + 4 + length), "latin1").toString("utf8"),
          connection,
          turn: ++turn,
        };
        text = text.slice(end + 4 + length);
        requests.push(request);
        answer(socket, request);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** An HTTP answer with a body and its length. */
export function httpAnswer(body: string, status = "200 OK", headers = ""): string {
  const length = new TextEncoder().encode(body).length;
  return `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${headers}\r\n${body}`;
}
