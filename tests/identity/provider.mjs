// A real OpenID provider with made-up citizens, for the demo and the browser tests: node provider.mjs PORT
// It prints one line when it is ready: {"ready":true,"issuer":"…"}. Signing in there is choosing who one is.
import { createServer } from "node:http";
import Provider from "oidc-provider";

/** Nobody real: the numbers are well-formed and belong to no one. */
const people = {
  lan: { citizen_id: "022190000011", name: "Nguyễn Thị Lan", phone_number: "+84912345611", email: "lan@vidu.vn" },
  minh: { citizen_id: "022085000029", name: "Trần Văn Minh", phone_number: "+84912345629" },
  khach: { name: "Khách không có số định danh" },
};

const client = {
  client_id: "motcua",
  // PKCE alone protects it, as it would a telephone's own programme; any port of this machine may be come back to (RFC 8252).
  token_endpoint_auth_method: "none",
  application_type: "native",
  redirect_uris: ["http://127.0.0.1/cong-dan/xac-thuc/ve", "http://localhost/cong-dan/xac-thuc/ve"],
  grant_types: ["authorization_code"],
  response_types: ["code"],
};

function providerAt(issuer) {
  const provider = new Provider(issuer, {
    clients: [client],
    claims: { openid: ["sub"], profile: ["name", "citizen_id", "phone_number", "email"] },
    cookies: { keys: ["demo"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/chon/${interaction.uid}` },
    pkce: { required: () => true },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...people[sub] }) }),
    // Nobody is asked twice whether the one application of this provider may know them.
    loadExistingGrant: async (ctx) => {
      const { client: asking, session } = ctx.oidc;
      const grant = new provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
    ttl: { Session: 3600, Interaction: 600, Grant: 3600, IdToken: 600, AccessToken: 600 },
  });
  provider.use(async (ctx, next) => {
    const [, uid, who] = ctx.path.match(/^\/chon\/([\w-]+)(?:\/([\w-]+))?$/) ?? [];
    if (!uid) return next();
    if (!who) {
      ctx.type = "html";
      ctx.body = choose(uid);
      return undefined;
    }
    const refused = { error: "access_denied", error_description: "refused" };
    // Choosing is agreeing: else one would be asked again, as an application on a telephone must be.
    const result = people[who] ? { login: { accountId: who, remember: false }, consent: {} } : refused;
    ctx.respond = false;
    await provider.interactionFinished(ctx.req, ctx.res, result);
    return undefined;
  });
  return provider;
}

function choose(uid) {
  const each = Object.entries(people).map(([who, { name }]) => `<li><a href="/chon/${uid}/${who}">${name}</a></li>`);
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"><title>Định danh dùng thử</title>
<main><h1>Định danh dùng thử</h1><p>Ông/bà là ai? Mọi người ở đây đều không có thật.</p><ul>${each.join("")}</ul><p><a href="/chon/${uid}/tu-choi">Không đồng ý</a></p></main></html>`;
}

// The address stands in everything the provider says, so it is known first.
const server = createServer().listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  server.on("request", providerAt(issuer).callback());
  console.log(JSON.stringify({ ready: true, issuer }));
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    server.close();
    server.closeAllConnections();
  });
}
