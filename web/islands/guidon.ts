// Which islands does a page have? Each improves what the server rendered; without scripts every page works as it is.
import { DraftForm } from "./draft";
import { LivePart } from "./live";
import { PasskeyKey } from "./passkey";
import { UnitTree } from "./tree";
import { leave_out_empty_fields } from "./filters";
import { offer_units } from "./unit_field";

customElements.define("draft-form", DraftForm);
customElements.define("live-part", LivePart);
customElements.define("passkey-key", PasskeyKey);
customElements.define("unit-tree", UnitTree);
leave_out_empty_fields();
offer_units();
