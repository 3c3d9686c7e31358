// How does a person sign in at the tests' identity provider (tools/with_provider.sh)? At its own pages, in a browser.
export { rotate_keys, set_groups } from "../../tools/provider.mjs";

const from_env = (name) => process.env[`GUIDON_TEST_OIDC_${name}`];

export const provider = {
  issuer: from_env("ISSUER"), client_id: from_env("CLIENT_ID"), client_secret: from_env("CLIENT_SECRET"),
  redirect_uri: from_env("REDIRECT_URI"), secretary: from_env("SECRETARY"), clerk: from_env("CLERK"), password: from_env("PASSWORD"),
};

/// The page stands at the provider's sign-in page; afterwards the browser is on its way back, with the person's consent.
export async function sign_in_at_provider(page, user, password) {
  await page.locator("#username").fill(user);
  await page.locator("#password").fill(password);
  await page.locator("#loginbut").click();
  const onward = page.getByRole("button", { name: "Continue" });
  await onward.waitFor();
  const wishes = page.locator("input[id^=grant-]");
  if (await wishes.count()) {
    for (const wish of await wishes.all()) await wish.check();
    await page.getByRole("button", { name: "Grant access" }).click();
    await wishes.first().waitFor({ state: "detached" });
  }
  await onward.click();
}
