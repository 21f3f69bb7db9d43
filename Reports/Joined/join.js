"use strict";
(() => {
  const $ = id => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const PAGE = 100;
  const selects = [...document.querySelectorAll("select[name=run]")];

  const rows = data.rows.map(([id, suite, title, rules, differs, verdicts, reasons]) => {
    const row = { id, suite: data.text[suite], title: data.text[title], rules: data.text[rules], differs, verdicts, reasons: reasons.map(r => data.text[r]) };
    row.search = [row.id, row.title, row.rules, ...row.reasons].join(" ").toLowerCase();
    return row;
  });

  for (const suite of [...new Set(rows.map(r => r.suite))].sort()) $("suite").add(new Option(suite, suite));

  let found = rows, page = 0;

  function filter() {
    const words = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const suite = $("suite").value;
    const wanted = selects.map(s => s.value === "" ? null : +s.value);
    const apart = $("apart").checked;
    found = rows.filter(r => (!apart || r.differs) && (!suite || r.suite === suite)
      && wanted.every((w, i) => w === null || r.verdicts[i] === w) && words.every(w => r.search.includes(w)));
    page = 0;
    show();
  }

  function element(tag, css, ...children) {
    const e = document.createElement(tag);
    if (css) e.className = css;
    e.append(...children);
    return e;
  }

  function cell(verdict, reason) {
    if (verdict < 0) return element("td", "none", "—");
    const name = data.verdicts[verdict];
    const td = element("td", "", element("span", "badge " + name, name));
    if (reason) td.append(element("small", "", reason));
    return td;
  }

  function show() {
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    page = Math.min(Math.max(page, 0), pages - 1);
    const body = document.createDocumentFragment();
    for (const r of found.slice(page * PAGE, (page + 1) * PAGE)) {
      const id = element("td", "", element("code", "", r.id));
      if (r.differs) id.append(" ", element("span", "mark", "differs"));
      if (r.title) id.append(element("small", "", r.title));
      body.append(element("tr", r.differs ? "apart" : "", id, ...r.verdicts.map((v, i) => cell(v, r.reasons[i])), element("td", "", r.rules)));
    }
    $("rows").replaceChildren(body);
    const n = found.length.toLocaleString("en");
    $("found").textContent = found.length === rows.length ? n + " cases" : n + " of " + rows.length.toLocaleString("en") + " cases";
    $("page").textContent = "Page " + (page + 1) + " of " + pages;
    $("prev").disabled = page === 0;
    $("next").disabled = page === pages - 1;
  }

  $("filter").addEventListener("submit", e => e.preventDefault());
  $("filter").addEventListener("input", filter);
  $("filter").addEventListener("reset", () => setTimeout(filter));
  $("prev").addEventListener("click", () => { page--; show(); });
  $("next").addEventListener("click", () => { page++; show(); });
  document.addEventListener("click", e => {
    if (!e.target.matches(".pattern")) return;
    $("filter").reset();
    e.target.dataset.verdicts.split(",").forEach((v, i) => { selects[i].value = v; });
    filter();
    $("cases").scrollIntoView();
    $("q").focus({ preventScroll: true });
  });
  show();
})();
