// The first page as somebody on a cheap telephone far from a mast gets it: at most 120 kB come over the line. How long it takes on a
// slow 4G is printed and never judged: it is the machine's and the hour's.
import assert from "node:assert/strict";

export const weightTests = [];
const test = (name, body) => weightTests.push({ name, body, profile: "dong-nai" });

/** 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back, and a processor of a quarter of this one's speed. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (750 * 1024) / 8 };
const MOST_BYTES = 120_000;

/** Opens a page in a browser that knows nothing yet; gives the bytes that came, by what they are, and the time until one can type. */
async function firstVisit(citizen, address) {
  const line = await citizen.context.newCDPSession(citizen.page);
  await line.send("Network.enable");
  await line.send("Network.setCacheDisabled", { cacheDisabled: true });
  await line.send("Network.emulateNetworkConditions", SLOW_4G);
  await line.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  const kinds = new Map();
  const came = [];
  line.on("Network.responseReceived", ({ requestId, type, response }) => kinds.set(requestId, { type, url: response.url }));
  line.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => came.push({ ...kinds.get(requestId), bytes: encodedDataLength }));
  const begun = Date.now();
  const loaded = citizen.page.goto(address, { waitUntil: "networkidle" });
  await citizen.page.locator("html.js main input, html.js main a").first().waitFor();
  const usable = Date.now() - begun;
  await loaded;
  await line.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return { bytes: came.reduce((sum, one) => sum + one.bytes, 0), usable, came };
}

for (const [address, words] of [["/", "the first page"], ["/thu-tuc/1.000894", "a procedure"], ["/tra-cuu", "the tracking page"]]) {
  test(`${words} comes over the line in at most 120 kB`, async ({ come }) => {
    const citizen = await come({ width: 390 });
    const { bytes, usable, came } = await firstVisit(citizen, address);
    const parts = came.map(({ url, bytes: size }) => `${new URL(url).pathname} ${(size / 1000).toFixed(1)}`).join(", ");
    console.log(`  ${address}: ${(bytes / 1000).toFixed(1)} kB (${parts}), usable after ${(usable / 1000).toFixed(2)} s on a slow 4G`);
    assert.ok(bytes > 10_000, "nothing was measured");
    assert.ok(bytes <= MOST_BYTES, `${bytes} bytes: ${parts}`);
    const ahead = await citizen.page.locator('link[rel="preload"]').evaluateAll((links) => links.map((link) => link.href));
    assert.ok(ahead.length && ahead.every((one) => one.includes("-400.woff2")), `fetched ahead: ${ahead}`);
    const twice = came.filter(({ url }, n) => came.findIndex((one) => one.url === url) !== n).map(({ url }) => url);
    assert.deepEqual(twice, [], "nothing comes twice");
  });
}
