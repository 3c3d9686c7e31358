// Does the passkey island put the question to the browser, bring the answer into the form, and say what went wrong?
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answered, random, start_passkey_site, window_with } from "./passkeys.mjs";

const built_in = { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
let site;
before(async () => {
  site = await start_passkey_site();
});
after(() => site.stop());

const creation = (verification = "required") => ({
  challenge: random(32), rp: { id: "localhost", name: "Guidon" }, user: { id: random(16), name: "secretary.kyanh", displayName: "Secretary, Ky Anh" },
  pubKeyCredParams: [{ type: "public-key", alg: -7 }], attestation: "none", excludeCredentials: [],
  authenticatorSelection: { residentKey: "required", userVerification: verification },
});
const request = (keys = []) => ({ challenge: random(32), rpId: "localhost", allowCredentials: keys, userVerification: "required" });
const client = (answer) => JSON.parse(Buffer.from(answer.response.clientDataJSON, "base64url"));

test("a passkey is made and then used without a name, under the content security policy", async () => {
  const { page, complaints } = await window_with(site, built_in);
  site.questions.create = creation();
  const made = await answered(site, page, "create");
  assert.equal(client(made).type, "webauthn.create");
  assert.equal(client(made).challenge, site.questions.create.challenge);
  assert.deepEqual(made.response.transports, ["internal"]);
  assert.match(made.response.attestationObject, /^[\w-]+$/);
  site.questions.get = request();
  const used = await answered(site, page, "get");
  assert.equal(used.id, made.id);
  assert.equal(client(used).challenge, site.questions.get.challenge);
  assert.equal(used.response.userHandle, site.questions.create.user.id);
  assert.deepEqual(Object.keys(used.response), ["clientDataJSON", "authenticatorData", "signature", "userHandle"]);
  assert.deepEqual(complaints, []);
});

test("the question may stand in the page, and name the keys that may answer", async () => {
  const { page, complaints } = await window_with(site, built_in);
  site.questions.create = creation();
  const made = await answered(site, page, "create", "?inline");
  site.questions.get = request([{ type: "public-key", id: made.id, transports: made.response.transports }]);
  assert.equal((await answered(site, page, "get", "?inline")).id, made.id);
  assert.deepEqual(complaints, []);
});

async function message(page, kind) {
  await page.goto(`${site.origin}/${kind}`);
  await page.getByRole("button", { name: "Go" }).click();
  const alert = page.getByRole("alert");
  await alert.waitFor();
  return alert.textContent();
}

test("what the browser refuses is said in words, and the form stays", async () => {
  const { page, cdp, authenticatorId } = await window_with(site, built_in);
  site.questions.create = creation();
  const made = await answered(site, page, "create");
  site.questions.create = { ...creation(), excludeCredentials: [{ type: "public-key", id: made.id }] };
  assert.equal(await message(page, "create"), "known");
  site.questions.get = request();
  await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
  assert.equal(await message(page, "get"), "cancelled");
  site.questions.get = { ...request(), rpId: "guidon.example.org" };
  assert.match(await message(page, "get"), /^failed: .+/);
  delete site.questions.get;
  assert.equal(await message(page, "get"), "failed: 403");
  assert.ok(await page.getByRole("button", { name: "Go" }).isVisible());
});

test("without passkeys in the browser nothing is offered", async () => {
  const { page, complaints } = await window_with(site, built_in);
  await page.addInitScript(() => delete window.PublicKeyCredential);
  await page.goto(`${site.origin}/create`);
  assert.equal(await page.getByRole("button").count(), 0);
  assert.deepEqual(complaints, []);
});
