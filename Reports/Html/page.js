"use strict";
(() => {
  const $ = id => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const PAGE = 100;

  // Every case as one flat row, with the lower-case text that the filter searches.
  const rows = [];
  for (const [suite, group, cases] of data.groups)
    for (const [name, verdict, title, rules, result, finding] of cases) {
      const row = {
        suite, verdict, id: group ? group + "/" + name : name, title: data.text[title], rules: data.text[rules],
        result: data.text[result], finding: data.text[finding],
      };
      row.search = (row.id + " " + row.title + " " + row.rules + " " + row.result).toLowerCase();
      rows.push(row);
    }

  for (const suite of new Set(rows.map(r => r.suite))) $("suite").add(new Option(suite, suite));

  let found = rows, page = 0;

  function filter() {
    const words = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const suite = $("suite").value;
    const verdicts = new Set([...document.querySelectorAll("input[name=v]:checked")].map(b => +b.value));
    found = rows.filter(r => verdicts.has(r.verdict) && (!suite || r.suite === suite) && words.every(w => r.search.includes(w)));
    page = 0;
    show();
  }

  function cell(row, tag, ...children) {
    const c = document.createElement(tag);
    c.append(...children);
    row.append(c);
    return c;
  }

  function element(tag, css, text) {
    const e = document.createElement(tag);
    if (css) e.className = css;
    e.textContent = text;
    return e;
  }

  function show() {
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    page = Math.min(Math.max(page, 0), pages - 1);
    const body = document.createDocumentFragment();
    for (const r of found.slice(page * PAGE, (page + 1) * PAGE)) {
      const tr = document.createElement("tr");
      const verdict = data.verdicts[r.verdict];
      cell(tr, "td", element("span", "badge " + verdict, verdict));
      const id = cell(tr, "td", element("code", "", r.id));
      if (r.title) id.append(element("small", "", r.title));
      cell(tr, "td", r.rules);
      const result = cell(tr, "td", r.result);
      if (r.finding) {
        const a = element("a", "", "details");
        a.href = "#" + r.finding;
        result.append(" ", a);
      }
      body.append(tr);
    }
    $("rows").replaceChildren(body);
    const n = found.length.toLocaleString("en");
    $("found").textContent = found.length === rows.length ? n + " cases" : n + " of " + rows.length.toLocaleString("en") + " cases";
    $("page").textContent = "Page " + (page + 1) + " of " + pages;
    $("prev").disabled = page === 0;
    $("next").disabled = page === pages - 1;
  }

  // Findings beyond the first ones are pieces of HTML in the data, made by the same code as those in the page.
  function showAll(prefix) {
    const cards = data.cards[prefix];
    if (!cards || !cards.length) return;
    document.querySelector('.findings[data-prefix="' + prefix + '"]').insertAdjacentHTML("beforeend", cards.join("\n"));
    data.cards[prefix] = [];
    const button = document.querySelector('.more[data-prefix="' + prefix + '"]');
    if (button) button.remove();
  }

  function reveal() {
    const match = /^#([few])[0-9]+$/.exec(location.hash);
    if (!match) return;
    if (!$(location.hash.slice(1))) showAll(match[1]);
    const card = $(location.hash.slice(1));
    if (!card) return;
    card.open = true;
    card.scrollIntoView();
    card.querySelector("summary").focus();
  }

  $("filter").addEventListener("submit", e => e.preventDefault());
  $("filter").addEventListener("input", filter);
  $("prev").addEventListener("click", () => { page--; show(); });
  $("next").addEventListener("click", () => { page++; show(); });
  document.addEventListener("click", async e => {
    if (e.target.matches(".more")) showAll(e.target.dataset.prefix);
    if (e.target.matches(".copy")) {
      try {
        await navigator.clipboard.writeText(e.target.previousElementSibling.textContent);
        e.target.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(e.target.previousElementSibling);
      }
    }
  });
  addEventListener("hashchange", reveal);
  show();
  reveal();
})();
