import type { Beacon, Properties } from "./queue";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const secretTypes = new Set(["password", "hidden", "file", "submit", "button", "image", "reset"]);
const secretNames = /pass|pwd|secret|token|csrf|card|cc-?(?:num|number|exp|csc)|cvv|cvc|iban|ssn/iu;
const attributes: [RegExp, string][] = [
  [/^(?:first[-_ ]?name|fname|given[-_ ]?name|prenom|vorname)$/iu, "FIRSTNAME"],
  [/^(?:last[-_ ]?name|lname|family[-_ ]?name|surname|nom|nachname)$/iu, "LASTNAME"],
  [/^(?:company|organi[sz]ation|firma|entreprise)$/iu, "COMPANY"],
];
const longest = 500;
const address = /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/u;

/** What a form says: its name and kind, what was filled in, and who it is, if it asks for an address. */
export function describeForm(form: HTMLFormElement): { properties: Properties; who: Beacon["identify"] } {
  const fields = [...form.elements].filter(isTold);
  const properties: Properties = { form: nameOf(form), kind: kindOf(form) };
  const known: Properties = {};
  let email = "";
  for (const field of fields) {
    if (!field.value) continue;
    if (isEmail(field)) email = field.value.trim();
    const name = attributes.find(([pattern]) => pattern.test(field.name))?.[1];
    if (name) known[name] = field.value.slice(0, longest);
    else if (!isEmail(field)) properties[`field_${field.name.replaceAll(/[^\w-]/gu, "_")}`] = field.value.slice(0, longest);
  }
  return { properties, who: address.test(email) ? { email, attributes: known } : undefined };
}

/** Guessed from what it asks for. */
function kindOf(form: HTMLFormElement): string {
  const fields = [...form.elements].filter((each) => each instanceof HTMLElement);
  const has = (selector: string) => fields.some((each) => each.matches(selector));
  const words = `${["id", "class", "name", "action"].map((name) => form.getAttribute(name) ?? "").join(" ")} ${form.textContent ?? ""}`;
  const passwords = fields.filter((each) => each.matches("input[type=password]")).length;
  if (passwords > 1 || (passwords === 1 && /sign.?up|register|create account|inscription/iu.test(words))) return "registration";
  if (passwords === 1) return "login";
  if (has("input[type=search]") || form.getAttribute("role") === "search") return "search";
  if (/download|whitepaper|e-?book|brochure|télécharger/iu.test(words)) return "download";
  if (has("textarea")) return "contact";
  if (/newsletter|subscribe|abonner|подпис/iu.test(words)) return "newsletter";
  return has("input[type=email]") ? "newsletter" : "other";
}

function nameOf(form: HTMLFormElement): string {
  // By attribute: a field that is called “id” stands in the way of the property.
  const [name = ""] = ["name", "id", "aria-label", "action"].flatMap((each) => form.getAttribute(each) || []);
  return (name || location.pathname).slice(0, 200);
}

function isTold(element: Element): element is Field {
  if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement || element instanceof HTMLSelectElement)) return false;
  if (!element.name || secretTypes.has(element.type) || element.dataset["cadenza"] === "secret") return false;
  if ((element.type === "checkbox" || element.type === "radio") && !(element as HTMLInputElement).checked) return false;
  const digits = element.value.replaceAll(/[\s-]/gu, "");
  return !secretNames.test(`${element.name} ${element.id} ${element.autocomplete}`) && !/^\d{13,19}$/u.test(digits);
}

function isEmail(field: Field): boolean {
  return field.type === "email" || /^e-?mail$/iu.test(field.name) || field.autocomplete === "email";
}
