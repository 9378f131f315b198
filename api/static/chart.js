// Draws what a table says as bars, and says nothing that the table does not.
//
// <div data-chart="TABLE-ID" hidden></div>: one bar a row, named by its header cell; a series for each column
// whose head has data-tone (a colour of app.css). Without this script, or without ECharts, the table is all.
"use strict";

(() => {
  const MOST = 15;
  const LINE = 26;
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = (cell) => Number(cell.textContent.trim());

  function told(table) {
    const heads = [...table.tHead.rows[0].cells];
    const rows = [...table.tBodies[0].rows];
    const series = heads
      .map((head, at) => ({ tone: head.dataset.tone, name: head.textContent.trim(), at }))
      .filter((each) => each.tone);
    const some = rows.filter((row) => series.some((each) => number(row.cells[each.at]))).slice(0, MOST);
    return {
      names: some.map((row) => row.cells[0].textContent.trim()),
      series: series.map((each) => ({ ...each, data: some.map((row) => number(row.cells[each.at])) })),
    };
  }

  function options({ names, series }) {
    const words = { color: colour("--ink"), fontFamily: colour("--sans"), fontSize: 13 };
    return {
      animation: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
      textStyle: words,
      grid: { left: 8, right: 40, top: 34, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 14, textStyle: words },
      // Drawn, not written as HTML: the page allows no style in its text.
      tooltip: {
        trigger: "axis",
        axisPointer: { type: "shadow" },
        renderMode: "richText",
        backgroundColor: colour("--paper"),
        borderColor: colour("--line-strong"),
        textStyle: words,
      },
      xAxis: { type: "value", minInterval: 1, axisLabel: words, splitLine: { lineStyle: { color: colour("--line") } } },
      yAxis: { type: "category", inverse: true, data: names, axisTick: { show: false }, axisLabel: words },
      series: series.map((each) => ({
        type: "bar",
        stack: "all",
        name: each.name,
        data: each.data,
        barMaxWidth: 16,
        itemStyle: { color: colour(`--${each.tone}-dot`) },
      })),
    };
  }

  function draw(place) {
    const table = document.getElementById(place.dataset.chart);
    const found = table && told(table);
    if (!found || !found.names.length || !window.echarts) return;
    place.hidden = false;
    place.style.height = `${found.names.length * LINE + 64}px`;
    const chart = window.echarts.init(place);
    const paint = () => chart.setOption(options(told(table)), true);
    paint();
    new ResizeObserver(() => chart.resize()).observe(place);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  }

  document.querySelectorAll("[data-chart]").forEach(draw);
})();
