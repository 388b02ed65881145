"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent), words = data.words;
  const box = document.createElement("dialog");
  box.setAttribute("aria-labelledby", "trace-title");
  document.body.appendChild(box);
  function add(parent, tag, text) { const made = document.createElement(tag); if (text !== undefined) made.textContent = text; parent.appendChild(made); return made; }
  function pair(list, name, value) { if (value) { add(list, "dt", name); add(list, "dd", value); } }
  function show(number, printed) {
    const trace = data.traces[number];
    if (!trace) return;
    box.textContent = "";
    const title = add(box, "h2", printed ? printed + " — " + words.title : words.title);
    title.id = "trace-title";
    const list = add(box, "dl");
    pair(list, words.exact, trace.x); pair(list, words.formula, trace.f); pair(list, words.source, trace.s);
    pair(list, words.typed, trace.by); pair(list, words.evidence, trace.e);
    const rows = trace.r && data.rows[trace.r];
    if (rows && trace.i.length) {
      const frame = add(box, "div"), table = add(frame, "table"), head = add(add(table, "thead"), "tr"), body = add(table, "tbody");
      frame.className = "scroll"; frame.tabIndex = 0; frame.setAttribute("role", "region"); frame.setAttribute("aria-label", trace.s || words.rows);
      rows.columns.forEach(function (name) { add(head, "th", name).scope = "col"; });
      trace.i.forEach(function (at) { const line = add(body, "tr"); rows.rows[at].forEach(function (cell) { add(line, "td", cell); }); });
      if (trace.n > trace.i.length) add(box, "p", words.more.replace("%(n)s", trace.n).replace("%(m)s", trace.i.length));
    }
    const close = add(box, "button", words.close);
    close.type = "button"; close.addEventListener("click", function () { box.close(); });
    box.showModal(); close.focus();
  }
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a.f");
    if (!link) { if (event.target === box) box.close(); return; }
    event.preventDefault();
    show(Number(link.getAttribute("href").slice(2)), link.textContent);
  });
})();
