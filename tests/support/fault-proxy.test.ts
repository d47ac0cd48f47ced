import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFaultProxy, type FaultProxy } from "./fault-proxy.ts";

let echo: Server;
let proxy: FaultProxy;

beforeEach(async () => {
  echo = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(echo, "listening");
  proxy = await startFaultProxy((echo.address() as AddressInfo).port);
});
afterEach(async () => {
  await proxy.close();
  echo.close();
});

async function open(): Promise<Socket> {
  const socket = connect(proxy.port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** What comes back for `said`, until as much as was said came or the connection ended. */
async function heard(socket: Socket, said: string): Promise<{ text: string; failed: boolean }> {
  let text = "";
  return new Promise((resolve) => {
    socket.on("data", (piece) => {
      text += piece.toString();
      if (text.length === said.length) resolve({ text, failed: false });
    });
    socket.on("error", () => resolve({ text, failed: true }));
    socket.write(said);
  });
}

test("lets everything through until it is told otherwise", async () => {
  const socket = await open();
  expect(await heard(socket, "hello")).toEqual({ text: "hello", failed: false });
  socket.destroy();
});

test("cuts an answer in the middle", async () => {
  const socket = await open();
  proxy.cutAnswers();
  const { text, failed } = await heard(socket, "hello, world");
  expect([failed, "hello, world".startsWith(text), text.length < 12]).toEqual([true, true, true]);
  expect(proxy.counts().cut).toBe(1);
});

test("freezes, and goes on where it stopped", async () => {
  const socket = await open();
  proxy.stall();
  const answer = heard(socket, "hello");
  expect(socket.bytesRead).toBe(0);
  proxy.resume();
  expect(await answer).toEqual({ text: "hello", failed: false });
  socket.destroy();
});

test("resets what is open, and refuses what comes", async () => {
  const socket = await open();
  await heard(socket, "hello");
  const gone = new Promise((resolve) => socket.on("error", resolve));
  proxy.reset();
  await gone;
  proxy.refuse(true);
  const refused = connect(proxy.port, "127.0.0.1");
  await new Promise((resolve) => refused.on("error", resolve));
  expect(proxy.counts()).toMatchObject({ open: 0, ever: 2 });
});
