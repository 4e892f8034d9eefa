// Small helps on top of pages that work without them. Each behaviour is switched on by a data
// attribute, listens on the document (so swapped-in parts need no wiring), and keeps no state
// the server needs. The content security policy allows this file and nothing inline.
import { rememberForms } from "./keep.js";
import { guardSubmits } from "./submit.js";
import { shortcuts } from "./keys.js";
import { scanners } from "./scan.js";
import { formatHints } from "./hints.js";
import { chosenFiles } from "./files.js";
import { warnBeforeLeaving } from "./leave.js";
import { picking } from "./pick.js";
import { messages } from "./messages.js";
import { sieving } from "./sieve.js";
import { suggesting } from "./suggest.js";
import { cards } from "./card.js";
import { counter } from "./counter.js";
import { phones } from "./phone.js";
import { renewing } from "./renew.js";
import { stepping } from "./enter.js";
import { presence } from "./presence.js";
import { liveCounts } from "./live.js";
import { checking } from "./check.js";
import { drafts } from "./draft.js";
import { besideList } from "./beside.js";
import { signing } from "./sign.js";
import { eforms } from "./eform.js";
import { folders } from "./folder.js";
import { photos } from "./photos.js";
import { resuming } from "./resume.js";
import { oldNames } from "./old-names.js";

const page = document.documentElement;
page.classList.add("js");

// Drafts first: what is put back into a form is kept on the server, too.
const behaviours = [resuming, drafts, rememberForms, guardSubmits, shortcuts, scanners, formatHints, chosenFiles, photos, warnBeforeLeaving, picking, messages, sieving, suggesting, liveCounts, besideList, cards, counter, phones, renewing, stepping, checking, presence, signing, eforms, folders, oldNames];

function start() {
  for (const behaviour of behaviours) behaviour(document);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
