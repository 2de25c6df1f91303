"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const rows = [...$("matrix").tBodies[0].rows];
  const sections = [...document.querySelectorAll("section.device")];
  const texts = new Array(rows.length);
  const LATER = 'script[type="text/x-device"]';
  const ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&amp;": "&"};

  // the body of a device in a large report is a block of text until somebody wants to see it
  const fill = (section) => {
    const later = section.querySelector(LATER);
    if (!later) return;
    section.innerHTML = later.textContent;
    section.classList.remove("later");
    hideFamilies(section);
  };
  const open = (section) => { fill(section); section.firstElementChild.open = true; };
  const plain = (html) => html.replace(/<[^>]*>/g, " ").replace(/&(?:lt|gt|quot|#x27|amp);/g, (e) => ENTITIES[e]);
  const textOf = (i) => texts[i] ??= (rows[i].textContent + "\n" +
    (sections[i].querySelector(LATER) ? plain(sections[i].firstElementChild.textContent) : sections[i].textContent)
  ).toLowerCase();
  const verdicts = rows.map((row) => [...row.querySelectorAll("td[data-f]")].map(
    (cell) => [cell.dataset.f, cell.textContent.replace(/^\S+\s/, "").trim()]));
  const kindOf = (said) => said === "ok" ? "pass" : said === "waived" || said === "not audited" ? said
    : said.startsWith("unknown") ? "unknown" : "fail";
  const form = $("filters"), families = [...form.querySelectorAll("[name=family]")];

  const chosen = () => new Set(families.filter((box) => box.checked).map((box) => box.value));
  const hideFamilies = (place) => {
    const on = chosen();
    for (const element of place.querySelectorAll("#matrix [data-f], .finding[data-f]"))
      element.hidden = !on.has(element.dataset.f);
  };

  const apply = () => {
    const query = $("q").value.trim().toLowerCase(), kind = $("kind").value;
    const on = chosen();
    let shown = 0;
    rows.forEach((row, i) => {
      const kinds = verdicts[i].filter(([family]) => on.has(family)).map(([, said]) => kindOf(said));
      const fits = kind === "all" ? true : kind === "pass"
        ? row.dataset.s === "audited" && kinds.every((k) => k === "pass" || k === "waived") : kinds.includes(kind);
      const visible = fits && (!query || textOf(i).includes(query));
      row.hidden = sections[i].hidden = !visible;
      shown += visible;
    });
    hideFamilies(document);
    $("shown").textContent = `${shown} of ${rows.length} devices shown`;
  };

  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(apply, 120); };
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("reset", () => setTimeout(apply, 0));
  $("unfold").addEventListener("click", () => {
    for (const section of sections) if (!section.hidden) open(section);
  });
  $("shown").textContent = `${rows.length} of ${rows.length} devices shown`;

  const unfold = () => {
    const target = location.hash && $(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches("section.device")) {
      open(target);
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", unfold);
  unfold();

  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^(?:input|select|textarea)$/i.test(event.target.tagName)) return;
    event.preventDefault();
    $("q").focus();
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("button.copy");
    if (!button) return;
    const block = button.parentElement.querySelector("pre");
    let done = false;
    try {
      await navigator.clipboard.writeText(block.textContent);
      done = true;
    } catch {
      getSelection().selectAllChildren(block);
      done = document.execCommand("copy");
    }
    button.textContent = done ? "Copied" : "Selected: press Ctrl+C";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });

  let folded = [];
  addEventListener("beforeprint", () => {
    for (const section of sections) if (!section.hidden) fill(section);
    const closed = document.querySelectorAll("section.device:not([hidden]) details:not([open])");
    for (const details of closed) { details.open = true; folded.push(details); }
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
    folded = [];
  });
})();
