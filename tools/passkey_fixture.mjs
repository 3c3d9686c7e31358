// What does a browser answer when a passkey is made and used? Makes the answers that src/accounts/passkey_test.cpp verifies.
//
// Chromium with its virtual authenticators, through the island, on the throw-away site of tests/browser/passkeys.mjs. Each
// file holds the site, both challenges, and what the form brings when a passkey is made and then used to sign in. Keys are
// new each time. usage: node tools/passkey_fixture.mjs [OUTDIR]
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { answered, random, start_passkey_site, window_with } from "../tests/browser/passkeys.mjs";

const out = resolve(process.argv[2] ?? join(dirname(dirname(fileURLToPath(import.meta.url))), "tests/accounts/passkeys"));

const kinds = {
  // a phone or laptop that knows its owner; the person is found by the key
  "built-in": {
    device: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
              defaultBackupEligibility: true, defaultBackupState: true },
    resident: "required", verification: "required", named: false,
  },
  "built-in-eddsa": {
    device: { protocol: "ctap2", transport: "hybrid", hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    resident: "required", verification: "required", named: false, algorithms: [-8],
  },
  "built-in-rs256": {
    device: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
    resident: "required", verification: "required", named: false, algorithms: [-257],
  },
  // a stick that is only touched, beside a password
  "stick": {
    device: { protocol: "ctap2", transport: "usb", hasResidentKey: false, hasUserVerification: false },
    resident: "discouraged", verification: "discouraged", named: true,
  },
  // an old stick from before WebAuthn
  "u2f-stick": {
    device: { protocol: "u2f", transport: "usb" },
    resident: "discouraged", verification: "discouraged", named: true,
  },
};

const site = await start_passkey_site();
mkdirSync(out, { recursive: true });
for (const [name, { device, resident, verification, named, algorithms = [-7, -8, -257] }] of Object.entries(kinds)) {
  const { page } = await window_with(site, device);
  const user = { id: random(16), name: "secretary.kyanh", displayName: "Secretary, Ky Anh" };
  const challenges = { creation: random(32), request: random(32) };
  site.questions.create = {
    challenge: challenges.creation, rp: { id: "localhost", name: "Guidon" }, user, attestation: "none",
    pubKeyCredParams: algorithms.map((alg) => ({ type: "public-key", alg })),
    authenticatorSelection: { residentKey: resident, userVerification: verification },
  };
  const registration = await answered(site, page, "create");
  const { id, response: { transports } } = registration;
  site.questions.get = {
    challenge: challenges.request, rpId: "localhost", userVerification: verification,
    allowCredentials: named ? [{ type: "public-key", id, transports }] : [],
  };
  const assertion = await answered(site, page, "get");
  const fixture = {
    made_by: `tools/passkey_fixture.mjs, Chromium ${site.browser.version()}`, origin: site.origin, rp_id: "localhost",
    user_handle: user.id, challenges, user_verification: verification, registration, assertion,
  };
  writeFileSync(join(out, `${name}.json`), JSON.stringify(fixture, null, 2) + "\n");
  await page.close();
}
await site.stop();
console.log(out);
