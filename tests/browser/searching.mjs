// What the tests of the search share: the forms of queries, and how a search is made and waited for.

/** Every form of query that the manual promises: what it is, the words, and what is among the first three. */
export const QUERIES = [
  ["a host name by its first letters", "srv-e", "assets/srv-erp-01/"],
  ["a serial number", "EXS650-0218", "assets/srv-hyp-02/"],
  ["a MAC address with other separators", "0200.5E20-1440", "assets/srv-erp-01/"],
  ["a host name with two letters in the wrong order", "svr-ad-01", "assets/srv-ad-01/"],
  ["a part of an IP address", "20.10.31", "assets/ups-lyo-01/"],
  ["a synonym of carnet.yaml", "firewall lyon", "assets/fw-lyo-01/"],
  ["a telephone number", "0465713020", "people/luc-tissot/"],
  ["a word without its accents", "verification sauvegardes", "procedures/infrastructure/verification-sauvegardes/"],
  ["a name without its accent", "amelie", "people/amelie-fabre/"],
  ["a straight apostrophe for a curly one", "panne d'onduleur", "procedures/infrastructure/panne-onduleur/"],
  ["the inside of a serial number", "S650-02", "assets/srv-hyp-02/"],
  ["a typing error", "comutateur du quai", "assets/sw-gre-02/"],
  ["two typing errors in a long word", "synchornisation onedrive", "procedures/assister/synchronisation-onedrive/"],
  ["a phrase", '"nom non pris en charge"', "procedures/assister/synchronisation-onedrive/"],
  ["a word left out", "onduleur -lyon", "assets/ups-gre-01/"],
  ["filters alone", "type:imprimante site:annecy", "assets/imp-ann-01/"],
  ["a filter without its value yet", "onduleur -lyon site:", "assets/ups-gre-01/"],
  ["a filter and a word", "kind:contrat impression", "contracts/ctr-impression/"],
  ["a word that is not finished", "réinitialiser un mot de pas", "procedures/assister/reinitialisation-mot-de-passe/"],
];

export const dialog = (page) => page.locator("dialog#searchDialog");
export const results = (page) => dialog(page).locator(".search-results a[role=option]");

/** Waits until the dialog has said something else than that it is looking. */
export const answered = (page) => page.waitForFunction(() => {
  const said = document.querySelector("#searchStatus");
  return said.textContent !== "" && !said.querySelector(".search-wait");
});

/** Types into the open search and waits for its answer. */
export async function type(page, words) {
  await page.keyboard.insertText(words);
  await answered(page);
  return results(page).allTextContents();
}
