// How do the tests' provider (tools/with_provider.sh) get its users, its client and a new signing key? Through its own
// administration interface.
//
// usage: node tools/provider.mjs port                free TCP port
//        node tools/provider.mjs set-up PID          waits for the server with this process id, then fills it
//        node tools/provider.mjs rotate [ALGORITHM]  a new signing key (RS256, PS256, ES256, EdDSA); the old one is gone
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const from_env = (name) => process.env[`GUIDON_TEST_OIDC_${name}`];

const users = [
  { username: from_env("SECRETARY"), name: "Secretary, Ky Anh", email: "secretary@ky-anh.example", groups: ["council-ky-anh", "reporters"] },
  { username: from_env("CLERK"), name: "Clerk, Hanoi", email: "clerk@hanoi.example", groups: ["reporters"] },
];

export function free_port() {
  return new Promise((done) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/// A function that calls the administration interface as its administrator.
async function administrator() {
  const api = `${from_env("SERVER")}/api`;
  const json = { "Content-Type": "application/json" };
  const signed_in = await fetch(`${api}/auth/`, { method: "POST", headers: json, body: JSON.stringify({ username: "admin", password: "password" }) });
  if (!signed_in.ok) throw new Error(`the provider's administrator cannot sign in: ${signed_in.status}`);
  const cookie = signed_in.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  return async (method, path, body) => {
    const answer = await fetch(`${api}/${path}`, { method, headers: { ...json, Cookie: cookie }, body: body && JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
}

function new_key(algorithm) {
  const kinds = { RS256: ["rsa", { modulusLength: 2048 }], PS256: ["rsa", { modulusLength: 2048 }], ES256: ["ec", { namedCurve: "P-256" }], EdDSA: ["ed25519", {}] };
  const [kind, options] = kinds[algorithm];
  const key = generateKeyPairSync(kind, options).privateKey.export({ format: "jwk" });
  return JSON.stringify({ keys: [{ ...key, kid: randomUUID(), alg: algorithm, use: "sig" }] });
}

function plugin() {
  return {
    module: "oidc", name: "oidc", display_name: "Sign-in for tests",
    parameters: {
      iss: from_env("ISSUER"), "jwks-private": new_key("RS256"), "jwks-show": true, "oauth-as-iss-id": true, "subject-type": "public",
      "access-token-duration": 3600, "refresh-token-duration": 1209600, "code-duration": 600, "refresh-token-rolling": false,
      "allow-non-oidc": false, "auth-type-code-enabled": true, "auth-type-code-revoke-replayed": true, "auth-type-token-enabled": false,
      "auth-type-id-token-enabled": true, "auth-type-password-enabled": false, "auth-type-client-enabled": false, "auth-type-refresh-enabled": true,
      "pkce-allowed": true, "pkce-required": true, "pkce-method-plain-allowed": false, "session-management-allowed": true, "session-cookie-name": "GUIDON_TEST_SESSION", "session-cookie-expiration": 3600,
      "allowed-scope": ["openid", "profile", "email"], "name-claim": "mandatory", "email-claim": "mandatory", "scope-claim": "no",
      claims: [
        { name: "groups", "user-property": "groups", mandatory: true },
        { name: "preferred_username", "user-property": "login", mandatory: true },
      ],
    },
  };
}

async function answers(pid) {
  for (let tries = 0; tries < 200; ++tries) {
    process.kill(pid, 0);
    const answer = await fetch(`${from_env("SERVER")}/api/auth/`).catch(() => undefined);
    if (answer) return;
    await wait(50);
  }
  throw new Error("the provider does not answer");
}

async function set_up(pid) {
  await answers(pid);
  const call = await administrator();
  const module = await call("GET", "mod/user/database");
  const readable = { read: true, write: true, "profile-read": true, "profile-write": false };
  module.parameters["data-format"].groups = { multiple: true, ...readable };
  module.parameters["data-format"].login = { multiple: false, ...readable };
  await call("PUT", "mod/user/database", module);
  await call("PUT", "mod/user/database/reset");
  for (const name of ["profile", "email"]) await call("POST", "scope/", { name, display_name: name, description: name, password_required: true, password_max_age: 0, scheme: {} });
  for (const user of users) await call("POST", "user/", { ...user, login: user.username, password: from_env("PASSWORD"), scope: ["g_profile", "openid", "profile", "email"], enabled: true });
  await call("POST", "mod/plugin/", plugin());
  await call("POST", "client/", {
    client_id: from_env("CLIENT_ID"), name: "Guidon", confidential: true, enabled: true, client_secret: from_env("CLIENT_SECRET"),
    redirect_uri: [from_env("REDIRECT_URI")], authorization_type: ["code"], token_endpoint_auth_method: ["client_secret_basic", "client_secret_post"],
    post_logout_redirect_uri: new URL("/", from_env("REDIRECT_URI")).href, scope: [],
  });
}

/// Puts a user into these groups and no others.
export async function set_groups(user, groups) {
  const call = await administrator();
  await call("PUT", `user/${user}`, { ...(await call("GET", `user/${user}`)), groups });
}

/// Signs with a new key from now on. The old key is no longer published.
export async function rotate_keys(algorithm = "ES256") {
  const call = await administrator();
  const now = await call("GET", "mod/plugin/oidc");
  now.parameters["jwks-private"] = new_key(algorithm);
  await call("PUT", "mod/plugin/oidc", now);
  await call("PUT", "mod/plugin/oidc/reset");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command, argument] = process.argv.slice(2);
  if (command === "port") console.log(await free_port());
  else if (command === "set-up") await set_up(Number(argument));
  else if (command === "rotate") await rotate_keys(argument);
  else throw new Error(`unknown command: ${command}`);
}
