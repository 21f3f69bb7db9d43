// The maps of the coverage section: drawn when they are opened.
(() => {
  const $ = id => document.getElementById(id);
  const data = JSON.parse($("map-data").textContent);
  const STATES = ["pass", "known divergence", "fail", "cases, but none judged", "no case", "not reachable"];
  const [PASS, WAIVED, FAIL, , , UNREACHABLE] = [0, 1, 2, 3, 4, 5];
  const SHOWN = 60;

  function element(tag, css, ...children) {
    const e = document.createElement(tag);
    if (css) e.className = css;
    e.append(...children);
    return e;
  }

  // Counts states the way the overview does.
  const reached = s => s === PASS || s === WAIVED || s === FAIL;
  function look(states) {
    const judged = states.filter(reached).length;
    const can = states.filter(s => s !== UNREACHABLE).length;
    if (!can) return ["unreachable", "·", "not reachable on this device"];
    const words = judged + " of " + can + (can === 1 ? " leaf reached" : " leaves reached");
    if (states.includes(FAIL)) return ["fail", "✕", words + ", a case failed"];
    if (judged < can) return judged ? ["part", "◐", words] : ["missing", "○", words];
    if (states.includes(WAIVED)) return ["waived", "~", words + ", a known divergence"];
    return ["pass", String(judged), words];
  }

  // One table whose cells are buttons: arrow keys move, focus and pointer show what is behind a cell in the box below.
  function grid(host, table, describe) {
    const box = element("div", "behind");
    box.setAttribute("role", "status");
    box.append(element("p", "empty", "Point at a cell, or press Tab and move with the arrow keys."));
    const scroll = element("div", "scroll");
    scroll.append(table);
    host.append(scroll, box);
    const rows = [...table.tBodies[0].rows].map(r => [...r.querySelectorAll("button")]).filter(r => r.length);
    if (rows.length) rows[0][0].tabIndex = 0;
    let at = rows.length ? rows[0][0] : null;

    const show = button => {
      const { title, lines } = describe(button);
      const list = element("ul", "");
      for (const [state, text] of lines.slice(0, SHOWN)) list.append(element("li", "", element("span", "stands s" + state, STATES[state]), " ", element("code", "", text)));
      if (lines.length > SHOWN) list.append(element("li", "", lines.length - SHOWN + " more in coverage.jsonl"));
      box.replaceChildren(element("p", "", title), list);
    };
    table.addEventListener("pointerover", e => { const b = e.target.closest("button"); if (b) show(b); });
    table.addEventListener("focusin", e => {
      const b = e.target.closest("button");
      if (!b) return;
      at.tabIndex = -1;
      at = b;
      at.tabIndex = 0;
      show(b);
    });
    table.addEventListener("keydown", e => {
      const b = e.target.closest("button");
      if (!b) return;
      const r = rows.findIndex(row => row.includes(b));
      const x = b.closest("td").cellIndex;
      const near = (row, from) => row.reduce((best, c) => Math.abs(c.closest("td").cellIndex - from) < Math.abs(best.closest("td").cellIndex - from) ? c : best, row[0]);
      const i = rows[r].indexOf(b);
      const to = {
        ArrowRight: () => rows[r][i + 1], ArrowLeft: () => rows[r][i - 1], Home: () => rows[r][0], End: () => rows[r].at(-1),
        ArrowDown: () => rows[r + 1] && near(rows[r + 1], x), ArrowUp: () => rows[r - 1] && near(rows[r - 1], x),
      }[e.key];
      if (!to) return;
      e.preventDefault();
      const next = to();
      if (next) next.focus();
    });
  }

  // The first cell of a row: leads to its cases in the list of all cases.
  function rowHead(name, search) {
    const th = element("th", "");
    th.scope = "row";
    const a = element("a", "", name);
    a.href = "#cases";
    a.title = "Show the cases of " + name;
    a.addEventListener("click", () => {
      $("q").value = search;
      $("suite").value = "";
      $("filter").dispatchEvent(new Event("input", { bubbles: true }));
    });
    th.append(a);
    return th;
  }

  function button(css, sign, label) {
    const b = element("button", "key " + css, sign);
    b.type = "button";
    b.tabIndex = -1;
    b.setAttribute("aria-label", label);
    return b;
  }

  function header(cells, css, span) {
    const tr = element("tr", css);
    for (const [text, columns] of cells) {
      const th = element("th", "", element("span", "", text));
      th.scope = columns > 1 ? "colgroup" : "col";
      if (span) th.colSpan = columns;
      tr.append(th);
    }
    return tr;
  }

  const leavesOf = accessors => accessors.flatMap(([id, ...levels]) => levels.flatMap((flat, level) => {
    const leaves = [];
    for (let i = 0; i < flat.length;) {
      const [ordinal, text, state, cases, n] = flat.slice(i, i + 5);
      leaves.push({ id: id + "@EL" + level + "#" + ordinal + ":" + data.texts[text], state, cases, controls: flat.slice(i + 5, i + 5 + n) });
      i += 5 + n;
    }
    return leaves;
  }));

  const line = leaf => [leaf.state, leaf.id + (leaf.cases ? " (" + leaf.cases + (leaf.cases === 1 ? " case" : " cases") + ")" : "")];

  function drawGroup(host, group) {
    const [plain, shown] = data.groups[group];
    if (plain) host.append(element("p", "intro", (shown.length ? "Left out: " : "") + plain + (plain === 1 ? " register or operation" : " registers and operations") + " without a control on this device; all their leaves passed."));
    if (!shown.length) return;
    const rows = shown.map(([name, accessors]) => ({ name, first: accessors[0][0], leaves: leavesOf(accessors) }));
    const used = [...new Set(rows.flatMap(r => r.leaves.filter(l => l.state !== UNREACHABLE).flatMap(l => l.controls.map(c => data.controls[c][1]))))].sort((a, b) => a - b);
    const table = element("table", "cells");
    table.append(element("caption", "", data.names[group] + ": leaves by the control that leads to them"));
    // A register with several columns has a heading above them; one with a single column is named with its field.
    const many = c => used.filter(u => data.columns[u][0] === data.columns[c][0]).length > 1;
    const opens = i => i < 0 || data.columns[used[i]][0] !== (i > 0 ? data.columns[used[i - 1]][0] : "");
    const registers = [["", 1], ["", 1]];
    used.forEach((c, i) => {
      if (opens(i)) registers.push([many(c) ? data.columns[c][0] : "", 1]);
      else registers.at(-1)[1]++;
    });
    const label = c => data.columns[c][0] === "Fine-grained" ? data.columns[c][1] : many(c) ? data.columns[c][1] : data.columns[c].filter(Boolean).join(".");
    const head = element("thead", "");
    head.append(header(registers, "registers", true), header([["Register", 1], ["no control", 1], ...used.map(c => [label(c), 1])], "fields"));
    table.append(head);
    const body = element("tbody", "");
    const behind = new Map();
    for (const row of rows) {
      const tr = element("tr", "");
      tr.append(rowHead(row.name, row.name.includes(" ") ? row.name + "@" : " " + row.name + "@"));
      for (const [i, column] of [-1, ...used].entries()) {
        const leaves = row.leaves.filter(l => column < 0 ? !l.controls.length : l.controls.some(c => data.controls[c][1] === column));
        const td = element("td", opens(i - 1) ? "opens" : "");
        if (leaves.length) {
          const [css, sign, words] = look(leaves.map(l => l.state));
          const title = row.name + ", " + (column < 0 ? "no control" : data.columns[column].filter(Boolean).join(".")) + ": " + words;
          const b = button(css, sign, title);
          behind.set(b, { title, lines: leaves.sort((a, b) => a.state - b.state).map(line) });
          td.append(b);
        }
        tr.append(td);
      }
      body.append(tr);
    }
    table.append(body);
    grid(host, table, b => behind.get(b));
  }

  const CLASSES = { U: ["undef", "U", "UNDEFINED"], N: ["mem", "M", "memory"], T: ["trap", "T", "trap"], R: ["reg", "R", "register"], W: ["reg", "R", "register"], C: ["reg", "R", "register"] };
  const outcome = text => CLASSES[/^(U$|[TNRWC])/.test(text) && (text === "U" || /^(T.|N|R|W|C):/.test(text)) ? text[0] : ""] || ["op", "O", "operation or nothing"];

  function drawNv(host) {
    const patterns = data.nv.patterns;
    const table = element("table", "cells nv");
    table.append(element("caption", "", "Outcome of an access at EL1 by register and HCR_EL2.{NV2, NV1, NV}: read on the left, written or executed on the right"));
    const head = element("thead", "");
    head.append(
      header([["", 1], ...patterns.map(p => [p, 2])], "patterns", true),
      header([["Register", 1], ...patterns.flatMap(() => [["read", 1], ["write", 1]])], "directions"));
    table.append(head);
    const body = element("tbody", "");
    const behind = new Map();
    let group = null;
    for (const [of, name, accessors] of data.nv.rows) {
      if (of !== group) {
        const tr = element("tr", "group");
        const th = element("th", "", of);
        th.scope = "colgroup";
        th.colSpan = 1 + 2 * patterns.length;
        tr.append(th);
        body.append(tr);
        group = of;
      }
      const tr = element("tr", "");
      tr.append(rowHead(name, name.includes(" ") ? name : " " + name));
      const read = accessors.find(a => a[0].startsWith("MRS ")), write = accessors.find(a => !a[0].startsWith("MRS ") && !/^M..?RR/.test(a[0]));
      patterns.forEach((pattern, i) => {
        for (const accessor of [read, write]) {
          const td = element("td", "");
          if (accessor) {
            const [text, state, cases] = accessor[1].slice(3 * i, 3 * i + 3);
            const [css, letter, what] = outcome(data.texts[text]);
            const title = accessor[0] + " at EL1 under " + pattern + ": " + what;
            const b = button(state === FAIL ? "fail" : css + (reached(state) ? "" : " unseen"), state === FAIL ? "✕" : state === WAIVED ? letter + "~" : letter, title + ", " + STATES[state]);
            behind.set(b, { title, lines: [[state, data.texts[text] + (cases ? " (" + cases + (cases === 1 ? " case" : " cases") + ")" : "")]] });
            td.append(b);
          }
          tr.append(td);
        }
      });
      body.append(tr);
    }
    table.append(body);
    grid(host, table, b => behind.get(b));
  }

  function drawParts(host, kind) {
    const table = element("table", "parts");
    table.append(element("caption", "", "Leaves by " + (kind === "controls" ? "control" : "feature")));
    const head = element("thead", "");
    head.append(header([["Name", 1], ["Reached", 1], ["Reachable", 1], ["Architecture", 1], ["Failing", 1], ["Diverging", 1]], "numbers"));
    table.append(head);
    const body = element("tbody", "");
    const parts = data.parts[kind].slice().sort((a, b) => (b[2] - b[3]) - (a[2] - a[3]) || b[2] - a[2] || (a[0] < b[0] ? -1 : 1));
    for (const [name, architecture, reachable, judged, fail, waived] of parts) {
      const tr = element("tr", reachable ? "" : "none");
      const th = element("th", "", name);
      th.scope = "row";
      tr.append(th, element("td", "n" + (judged < reachable ? " text-waived" : ""), String(judged)));
      for (const n of [reachable, architecture, fail, waived]) tr.append(element("td", "n", String(n)));
      body.append(tr);
    }
    table.append(body);
    const scroll = element("div", "scroll tall");
    scroll.append(table);
    host.append(scroll);
  }

  function draw(details) {
    const host = details.querySelector(".drawn");
    if (!details.open || host.childElementCount) return;
    if (details.dataset.group !== undefined) drawGroup(host, details.dataset.group);
    else if (details.dataset.nv !== undefined) drawNv(host);
    else drawParts(host, details.dataset.parts);
  }

  for (const details of document.querySelectorAll("#map details:is([data-group], [data-nv], [data-parts])")) {
    details.addEventListener("toggle", () => draw(details));
    draw(details);
  }

  // A link to a group opens it.
  function reveal() {
    const target = /^#map-[0-9]+$/.test(location.hash) && $(location.hash.slice(1));
    if (!target) return;
    target.open = true;
    target.scrollIntoView();
    target.querySelector("summary").focus();
  }

  addEventListener("hashchange", reveal);
  reveal();
})();
