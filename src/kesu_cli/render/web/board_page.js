"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const data = JSON.parse(byId("data").textContent);
  const words = data.words;
  const T = { id: 0, name: 1, chapter: 2, quote: 3, place: 4, reading: 5, asked: 6, lead: 7, responsible: 8, answers: 9, leads: 10, others: 11 };
  const S = { task: 0, window: 1, unit: 2, verdict: 3, light: 4, words: 5, figure: 6, rank: 7, formulas: 8, missing: 9, unread: 10, waiver: 11, entries: 12, doubts: 13 };
  const E = { unit: 0, days: 1, name: 2, amount: 3, why: 4, place: 5, remark: 6, evidence: 7 };
  const P = { severity: 0, word: 1, code: 2, message: 3, hint: 4, place: 5, owners: 6, task: 7, waiver: 8, related: 9, mark: 10 };
  const AT_ONCE = 100;

  const make = (tag, name, ...inside) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...inside.filter((part) => part !== "" && part != null));
    return element;
  };
  const text = (value) => make("bdi", "", value);

  /* light and dark */
  const theme = byId("theme");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const remembered = () => { try { return localStorage.getItem("kesu-theme"); } catch { return null; } };
  const remember = (value) => { try { localStorage.setItem("kesu-theme", value); } catch { /* private window */ } };
  let chosen = remembered();
  const show = () => {
    if (chosen) document.documentElement.dataset.theme = chosen;
    theme.setAttribute("aria-pressed", String((chosen || (prefersDark.matches ? "dark" : "light")) === "dark"));
  };
  theme.addEventListener("click", () => {
    chosen = theme.getAttribute("aria-pressed") === "true" ? "light" : "dark";
    remember(chosen);
    show();
  });
  prefersDark.addEventListener("change", show);
  show();
  byId("print").addEventListener("click", () => print());
  byId("tools").hidden = false;

  /* what is filtered for */
  const filter = byId("filter");
  const fields = ["unit", "action", "verdict", "text"].map((name) => byId(`filter-${name}`));
  const others = byId("filter-others");
  const wanted = () => {
    const [unit, action, verdict, sought] = fields.map((field) => field.value);
    const terms = sought.toLowerCase().split(/\s+/).filter(Boolean);
    return { unit, action, verdict, terms };
  };
  const offer = (field, values) => {
    for (const value of values) field.append(new Option(value, value));
  };
  const distinct = (values) => [...new Set(values)].filter(Boolean);
  offer(fields[0], distinct([
    ...data.tasks.flatMap((task) => [...task[T.leads], ...task[T.others]].map((unit) => words[unit])),
    ...data.problems.flatMap((problem) => problem[P.owners]),
  ]));
  offer(fields[1], distinct(data.tasks.map((task) => task[T.chapter])));
  offer(fields[2], distinct(data.standings.map((standing) => words[standing[S.verdict]])));

  /* full text, gathered when it is first needed */
  const flat = (value) => (Array.isArray(value) ? value.map(flat).join("\n") : String(value));
  let haystacks = null;
  const gather = () => {
    if (haystacks) return haystacks;
    const tasks = data.tasks.map((task) => task.slice(0, T.leads).map(flat));
    for (const standing of data.standings) {
      const parts = tasks[standing[S.task]];
      parts.push(flat(standing[S.missing]), standing[S.waiver], words[standing[S.unit]], words[standing[S.window]]);
      for (const entry of standing[S.entries]) {
        parts.push(words[entry[E.unit]], words[entry[E.days]], entry[E.name], entry[E.amount], words[entry[E.why]], entry[E.place], entry[E.remark], flat(entry[E.evidence]));
      }
    }
    const numbers = new Map(data.tasks.map((task, number) => [task[T.id], number]));
    const problems = data.problems.map((problem) => flat(problem).toLowerCase());
    data.problems.forEach((problem, number) => {
      if (numbers.has(problem[P.task])) tasks[numbers.get(problem[P.task])].push(problems[number]);
    });
    haystacks = { tasks: tasks.map((parts) => parts.join("\n").toLowerCase()), problems };
    return haystacks;
  };
  const holds = (haystack, terms) => terms.every((term) => haystack.includes(term));

  /* the grid of tasks */
  const rows = [...document.querySelectorAll("tr[data-task]")].map((row) => ({
    row,
    number: Number(row.dataset.task),
    cells: [...row.querySelectorAll("td[data-cell]")].map((cell) => {
      const button = make("button", "cell", ...cell.childNodes);
      button.type = "button";
      button.dataset.cell = cell.dataset.cell;
      cell.append(button);
      return { button, standings: data.cells[Number(cell.dataset.cell)], whole: [...button.childNodes], now: "" };
    }),
  }));
  const concerns = (standing, unit) => {
    if (!unit) return true;
    const own = words[standing[S.unit]];
    if (own) return own === unit;
    const task = data.tasks[standing[S.task]];
    const is = (number) => words[number] === unit;
    return task[T.leads].some(is) || (others.checked && task[T.others].some(is));
  };
  const lightOf = (standing) => make("span", `light ${words[standing[S.light]]}`, words[standing[S.words]]);
  const showCell = (cell, unit, chosen) => {
    const now = chosen.length === cell.standings.length ? "" : `${unit} ${chosen.length}`;
    if (now === cell.now) return;
    cell.now = now;
    if (!now) { cell.button.replaceChildren(...cell.whole); return; }
    if (!chosen.length) { cell.button.replaceChildren(make("span", "none", "—")); return; }
    const worst = data.standings[chosen[0]];
    const note = chosen.length > 1 ? `${chosen.length}项` : worst[S.figure];
    cell.button.replaceChildren(lightOf(worst), ...(note ? [make("span", "under", note)] : []));
  };
  const showRow = ({ row, number, cells }, want, found) => {
    let matched = false;
    for (const cell of cells) {
      const chosen = cell.standings.filter((index) => concerns(data.standings[index], want.unit));
      const fits = chosen.some((index) => !want.verdict || words[data.standings[index][S.verdict]] === want.verdict);
      showCell(cell, want.unit, chosen);
      cell.button.disabled = !chosen.length;
      cell.button.classList.toggle("aside", chosen.length > 0 && !fits);
      matched = matched || fits;
    }
    const task = data.tasks[number];
    row.hidden = !(matched && (!want.action || task[T.chapter] === want.action) && (!found || holds(found.tasks[number], want.terms)));
    return !row.hidden;
  };

  /* the list of problems */
  const list = byId("problem-list");
  const more = byId("problem-more");
  let shown = AT_ONCE;
  let matching = data.problems;
  const problemItem = (problem) => {
    const head = make("p", "problem-head",
      make("span", `light ${problem[P.severity]}`, problem[P.waiver] ? "已豁免" : problem[P.word]), " ",
      make("code", "", problem[P.code]), " ", make("span", "whom", problem[P.owners].join("、")));
    const place = make("p", "place", text(problem[P.place]));
    for (const other of problem[P.related]) place.append("；", text(other));
    place.append(" ", make("span", "mark", `#${problem[P.mark]}`));
    return make("li", `problem ${problem[P.severity]}`, head,
      make("p", "message", text(problem[P.message])),
      problem[P.hint] ? make("p", "hint", make("b", "", "怎么办："), text(problem[P.hint])) : "",
      problem[P.waiver] ? make("p", "hint", make("b", "", "豁免依据："), text(problem[P.waiver])) : "",
      place);
  };
  const listProblems = () => {
    if (!list) return;
    list.replaceChildren(...matching.slice(0, shown).map(problemItem));
    more.hidden = matching.length <= shown;
    const rest = byId("problem-rest");
    if (rest) rest.hidden = true;
  };
  const chapterOf = new Map(data.tasks.map((task) => [task[T.id], task[T.chapter]]));
  const problemFits = (want, found) => (problem, number) =>
    (!want.unit || problem[P.owners].includes(want.unit)) &&
    (!want.action || chapterOf.get(problem[P.task]) === want.action) &&
    (!found || holds(found.problems[number], want.terms));
  if (more) {
    more.hidden = data.problems.length <= AT_ONCE;
    more.addEventListener("click", () => { shown += AT_ONCE; listProblems(); });
  }

  const apply = () => {
    const want = wanted();
    const found = want.terms.length ? gather() : null;
    const seen = rows.filter((row) => showRow(row, want, found)).length;
    for (const body of document.querySelectorAll("tbody[data-chapter]")) {
      body.hidden = !body.querySelector("tr[data-task]:not([hidden])");
    }
    for (const row of document.querySelectorAll("tr[data-unit]")) {
      row.classList.toggle("chosen", row.dataset.unit === want.unit);
    }
    matching = data.problems.filter(problemFits(want, found));
    shown = AT_ONCE;
    listProblems();
    const active = want.unit || want.action || want.verdict || want.terms.length;
    const terms = [want.unit, want.action, want.verdict, ...want.terms].filter(Boolean).join("，");
    byId("filter-said").textContent = active ? `按“${terms}”筛选：任务 ${seen} 项，问题 ${matching.length} 条` : "";
  };
  let waiting = 0;
  filter.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(apply, 60); });
  filter.addEventListener("reset", () => setTimeout(apply));
  filter.addEventListener("submit", (event) => { event.preventDefault(); apply(); });
  filter.hidden = false;
  for (const element of document.querySelectorAll(".script-only")) element.hidden = false;

  /* what stands behind a cell */
  const dialog = byId("detail");
  const pair = (name, ...value) => [make("dt", "", name), make("dd", "", ...value)];
  const placed = (value, place) => [text(value), make("span", "place", text(place))];
  const evidenceItem = ([kind, where]) => {
    if (!/^https?:\/\//i.test(where)) return make("li", "", `${kind} `, text(where));
    const link = make("a", "", text(where));
    link.href = where;
    link.rel = "noreferrer noopener";
    return make("li", "", `${kind} `, link);
  };
  const entryItem = (entry) => {
    const why = words[entry[E.why]];
    return make("li", why.startsWith("未") ? "entry left-out" : "entry",
      make("p", "entry-head", make("b", "", text(entry[E.name])), entry[E.amount] ? make("span", "amount", entry[E.amount]) : ""),
      make("p", "", `${words[entry[E.days]]}　${words[entry[E.unit]]}`, entry[E.remark] ? `　${entry[E.remark]}` : ""),
      why ? make("p", "why", why) : "",
      entry[E.evidence].length ? make("ul", "evidence", ...entry[E.evidence].map(evidenceItem)) : make("p", "why", "没有佐证材料"),
      make("p", "place", text(entry[E.place])));
  };
  const standingBody = (standing) => {
    const parts = [
      ...standing[S.doubts].map((line) => make("p", "why", text(line))),
      ...standing[S.formulas].map((line) => make("p", "formula", line)),
    ];
    if (standing[S.waiver]) parts.push(make("p", "", "豁免依据：", text(standing[S.waiver])));
    if (standing[S.missing].length) parts.push(make("p", "", `还没有覆盖：${standing[S.missing].join("、")}`));
    for (const file of standing[S.unread]) parts.push(make("p", "why", "文件读不出来：", text(file)));
    const entries = standing[S.entries];
    parts.push(entries.length ? make("ol", "entries", ...entries.map(entryItem)) : make("p", "", "考核期内没有单位报送条目。"));
    return parts;
  };
  const standingItem = (standing, open) => {
    const whom = words[standing[S.unit]];
    const said = [words[standing[S.window]], whom].filter(Boolean).join("　");
    const item = make("details", "standing",
      make("summary", "", `${said} `, lightOf(standing), standing[S.figure] ? make("span", "under", standing[S.figure]) : ""));
    const fill = () => { if (item.childElementCount === 1) item.append(...standingBody(standing)); };
    if (open) { item.open = true; fill(); }
    item.addEventListener("toggle", fill);
    return item;
  };
  const openCell = (number) => {
    const unit = fields[0].value;
    const chosen = data.cells[number].map((index) => data.standings[index]).filter((standing) => concerns(standing, unit));
    const task = data.tasks[chosen[0][S.task]];
    byId("detail-title").replaceChildren(make("span", "code", task[T.id]), " ", task[T.name]);
    const about = make("dl", "about",
      ...pair("原文", ...placed(task[T.quote] || "—", task[T.place])),
      ...pair("口径", text(task[T.reading] || "按原文字面理解")),
      ...pair("要求", task[T.asked]),
      ...pair("牵头", task[T.lead]), ...pair("责任", task[T.responsible]), ...pair("汇总", task[T.answers] || "没有明确由谁汇总"));
    const few = chosen.length <= 3;
    const about_it = data.problems.filter((problem) => problem[P.task] === task[T.id] && (!unit || problem[P.owners].includes(unit)));
    byId("detail-body").replaceChildren(about, make("h3", "", "完成情况"),
      ...chosen.map((standing) => standingItem(standing, few)),
      ...(about_it.length ? [make("h3", "", "涉及这项任务的问题"), make("ol", "problems", ...about_it.map(problemItem))] : []));
    dialog.showModal();
    dialog.scrollTop = 0;
  };
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("button.cell");
    if (cell) openCell(Number(cell.dataset.cell));
    if (event.target === dialog) dialog.close();
  });
  byId("detail-close").addEventListener("click", () => dialog.close());
})();
